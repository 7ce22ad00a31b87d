"""What is chosen for a device: language, size of text, colours, name; and the way onto the home screen."""

import json
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.structure.shell import STATIC

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def looks(phone: Phone) -> tuple[str, str, str, str]:
    """Size of text, background, title, and which manifest is named, once the page has taken over."""
    expect(phone.page.locator("link[rel=manifest]")).to_have_count(1)
    found: list[str] = phone.page.evaluate("""() => [
        getComputedStyle(document.documentElement).fontSize,
        getComputedStyle(document.documentElement).backgroundColor,
        document.title,
        document.querySelector('link[rel=manifest]').getAttribute('href'),
    ]""")
    return found[0], found[1], found[2], found[3]


def test_the_choices_of_a_device_show_at_once_and_outlive_a_start(phone: Phone) -> None:
    page = phone.page
    page.get_by_role("link", name="This device: language, text, colours, name").click()
    plain = looks(phone)

    page.get_by_label("Largest").check()
    page.get_by_label("Dark").check()
    page.get_by_label("Notes").check()
    chosen = looks(phone)
    page.get_by_label("Español").check()
    expect(page.get_by_role("heading", name="Este dispositivo", exact=True)).to_be_visible()
    in_spanish = looks(phone)
    page.get_by_label("Como viene").check()
    page.get_by_label("Como los tiene el dispositivo").check()
    page.get_by_label("Interlude").check()
    page.reload()

    assert plain == ("16px", "rgb(251, 250, 246)", "Interlude", "/manifest.webmanifest")
    assert chosen == ("24px", "rgb(19, 22, 25)", "Notes", "/notes.webmanifest")
    assert in_spanish == (*chosen[:3], "/notes.es.webmanifest")
    assert looks(phone) == (*plain[:3], "/manifest.es.webmanifest")


def test_somebody_who_travels_takes_the_zone_of_this_device_in_one_tap(phone: Phone, server: Server) -> None:
    patient = server.register()
    with closing(server.client(patient)) as client:
        client.patch("/api/account", json={"zone": "Asia/Kathmandu"}).raise_for_status()
    phone.sign_in(patient)
    phone.go("/#/account")
    expect(phone.page.get_by_text("This device is in Europe/Berlin.")).to_be_visible()

    phone.page.get_by_role("button", name="Use this device’s zone").click()

    expect(phone.page.get_by_text("Changed.")).to_be_visible()
    expect(phone.page.get_by_label("Time zone")).to_have_value("Europe/Berlin")
    expect(phone.page.get_by_text("This device is in")).to_be_hidden()
    with closing(server.client(patient)) as client:
        assert client.get("/api/account").json()["zone"] == "Europe/Berlin"


@pytest.mark.parametrize(("agent", "step"), [(IPHONE, "Tap Share"), (ANDROID, "Tap the three dots")])
def test_the_home_screen_is_mentioned_once_an_entry_is_sent_and_never_again_after_a_no(
    open_phone: OpenPhone, server: Server, agent: str, step: str
) -> None:
    phone = open_phone(path="about:blank")
    session = phone.context.new_cdp_session(phone.page)
    session.send("Network.setUserAgentOverride", {"userAgent": agent})
    phone.go("/")
    phone.remove_worker()
    phone.sign_in(server.register())
    hint = phone.page.get_by_role("link", name="Put it on the home screen")
    phone.page.route("**/api/sync", lambda route: route.abort())
    phone.rate("mood", 5)
    phone.save()
    phone.expect_state("Saved on this device")
    phone.page.wait_for_timeout(500)
    expect(hint).to_be_hidden()

    phone.page.unroute("**/api/sync")
    expect(hint).to_be_visible(timeout=30_000)
    hint.click()
    asks = phone.page.get_by_role("button", name="Put it there")
    expect(asks.or_(phone.page.get_by_text(step, exact=False))).to_be_visible()
    phone.page.get_by_role("button", name="No, and don't ask again").click()
    expect(phone.page.get_by_text("It won't be mentioned again.")).to_be_visible()
    phone.go("/#/")
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="A daily reminder")).to_be_visible()
    phone.page.wait_for_timeout(500)

    expect(hint).to_be_hidden()


def test_the_four_manifests_are_one_app_under_two_names_in_two_languages(phone: Phone) -> None:
    found: dict[str, dict[str, Any]] = {
        path.name: json.loads(path.read_text("utf-8")) for path in sorted(STATIC.glob("*.webmanifest"))
    }

    assert {name: (one["short_name"], one["lang"]) for name, one in found.items()} == {
        "manifest.webmanifest": ("Interlude", "en"),
        "manifest.es.webmanifest": ("Interlude", "es"),
        "notes.webmanifest": ("Notes", "en"),
        "notes.es.webmanifest": ("Notes", "es"),
    }
    assert {(one["id"], one["start_url"], one["scope"]) for one in found.values()} == {("/", "/", "/")}
    for name, one in found.items():
        pictures = [*one["icons"], *one.get("screenshots", ()), *one["shortcuts"][0]["icons"]]
        for picture in pictures:
            body = (STATIC / picture["src"].removeprefix("/")).read_bytes()
            size = f"{int.from_bytes(body[16:20])}x{int.from_bytes(body[20:24])}"
            assert size == picture["sizes"], picture["src"]
        assert any(picture.get("purpose") == "maskable" for picture in pictures), name
    expect(phone.page.locator("link[rel=manifest]")).to_have_count(1)
    session = phone.context.new_cdp_session(phone.page)
    assert session.send("Page.getAppManifest")["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
