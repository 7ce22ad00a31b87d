"""A questionnaire on the phone: without a network, left half way, found again, and the card before anything else."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_measures_rules import KNOWN, rules
from tests.browser.test_packs import made_up
from tests.browser.test_sharing import keep

ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
)


def responses(server: Server, account: Account) -> list[dict[str, Any]]:
    """Every response the server holds, newest first."""
    with closing(server.client(account)) as client:
        items: list[dict[str, Any]] = client.get("/api/responses").raise_for_status().json()["items"]
    return items


def answer(phone: Phone, label: str, press: str = "Next") -> None:
    """Answers the question on the screen and goes on."""
    item = phone.page.locator("#item").inner_text()
    phone.page.get_by_label(label, exact=True).check()
    phone.page.get_by_role("button", name=press, exact=True).click()
    expect(phone.page.locator("#item").filter(has_text=re.compile(f"^{re.escape(item)}$"))).to_have_count(0)


def test_a_questionnaire_without_a_network_is_found_again_after_a_killed_page_and_ends_in_the_card(
    phone: Phone, server: Server, open_phone: OpenPhone
) -> None:
    patient = server.register()
    phone.wait_for_shell()
    phone.sign_in(patient)
    phone.close()  # Chromium writes a cookie down within half a minute, or when it is closed
    phone = open_phone()
    expect(phone.page.get_by_role("link", name="Questionnaires")).to_be_visible()
    server.kill()

    # One question a screen, in its exact words; nothing goes on unanswered.
    phone.page.get_by_role("link", name="Questionnaires").click()
    phone.page.get_by_role("link", name="Low mood, and what comes with it").click()
    expect(phone.page.get_by_text("9 questions about the last 2 weeks.")).to_be_visible()
    phone.page.get_by_role("button", name="Begin").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(ITEMS[0])
    phone.page.get_by_role("button", name="Next").click()
    expect(phone.page.get_by_text("Choose one, or “Prefer not to answer”.")).to_be_visible()
    answer(phone, "Several days")
    expect(phone.page.get_by_text("2 of 9")).to_be_visible()
    answer(phone, "Several days")
    phone.page.get_by_role("button", name="Back").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(ITEMS[1])
    expect(phone.page.get_by_label("Several days")).to_be_checked()
    phone.page.get_by_role("button", name="Next").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(ITEMS[2])
    phone.page.get_by_label("Several days").check()
    phone.page.get_by_role("button", name="Pause").click()
    expect(phone.page.locator("#forms")).to_contain_text("PHQ-9 is paused, 3 of 9 done.")
    # The browser's own way back knows the place, and its list of addresses says nothing of it.
    title = phone.page.get_by_role("heading", level=1)
    phone.page.go_back()
    expect(title).to_have_text(ITEMS[2])
    assert phone.page.url.endswith("#/questionnaires/phq-9")
    phone.page.go_back()
    expect(title).to_have_text(ITEMS[1])
    phone.page.reload()
    expect(title).to_have_text(ITEMS[1])
    phone.kill()

    # The same phone, later: Today offers it, and it goes on where it was left.
    phone = open_phone(path="about:blank")
    phone.go("/")
    phone.page.locator("#forms").get_by_role("link", name="Go on").click()
    expect(phone.page.get_by_text("4 of 9")).to_be_visible()
    for _ in range(5):
        answer(phone, "Not at all")
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Thoughts that you would be better off dead")
    answer(phone, "Several days")
    expect(phone.page.get_by_text("One more, beside the others")).to_be_visible()

    # Left here by whatever way, the card comes; what is paused has the numbers beside it.
    phone.page.get_by_role("link", name="Today", exact=True).click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Before you go on")
    phone.page.get_by_role("link", name="Not now").click()
    expect(phone.page.locator("#forms")).to_contain_text("PHQ-9 is paused, 9 of 9 done.")
    expect(phone.page.locator("#forms").get_by_role("link", name="lines that answer")).to_be_visible()
    expect(phone.page.locator("#forms")).to_contain_text("your safety plan, or somebody you feel safe with.")
    phone.page.locator("#forms").get_by_role("link", name="Go on").click()
    phone.page.get_by_role("button", name="Save", exact=True).click()

    # A total of 4, and the card comes all the same; the numbers are here without a network.
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Before you go on")
    expect(phone.page.locator(".numbers a").first).to_be_visible()
    phone.page.get_by_role("link", name="Not now").click()
    expect(phone.page.locator("#forms")).to_be_empty()
    phone.go("/#/history")
    entry = phone.page.get_by_role("button", name="PHQ-9")
    expect(entry).to_contain_text("not yet sent")

    # Back on the network it is sent, once.
    server.start()
    phone.page.reload()  # a page that stays open tries again by itself, within a minute
    expect(entry).not_to_contain_text("not yet sent")
    [kept] = responses(server, patient)
    assert kept["values"]["answers"] == {str(n): int(n in (1, 2, 3, 9)) for n in range(1, 10)}
    assert kept["score"]["total"] == 4

    # Straight after it nothing says what it came to.
    entry.click()
    expect(phone.page.get_by_text(re.compile("What a questionnaire comes to is shown"))).to_be_visible()
    assert "minimal" not in phone.page.locator("#page").inner_text()

    # The same answer again is one line; a question that is not answered leaves no total.
    phone.go("/#/questionnaires/phq-9")
    phone.page.get_by_role("button", name="Begin").click()
    for _ in range(7):
        answer(phone, "Not at all")
    answer(phone, "Prefer not to answer, then there is no total")
    answer(phone, "Several days")
    phone.page.get_by_label("Prefer not to answer").check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("Saved and sent.")).to_be_visible()
    expect(phone.page.get_by_text("One answer is as it was last time.")).to_be_visible()
    expect(phone.page.get_by_text("Not every question has an answer, so it has no total.")).to_be_visible()
    assert [one["score"]["total"] for one in responses(server, patient)] == [None, 4]
    phone.page.go_back()
    expect(phone.page.get_by_role("button", name="Begin")).to_be_visible()

    # Two weeks after a dose the other one waits on Today, though not on the day of the first, until "not now".
    keep(server, patient, "treatment_session", timedelta(days=15), status="happened")
    phone.page.clock.set_fixed_time((datetime.now(UTC) + timedelta(days=1)).replace(hour=11))
    phone.go("/#/")
    phone.page.reload()
    forms = phone.page.locator("#forms li")
    expect(forms).to_have_text([re.compile("GAD-7: 7 questions about the last 2 weeks")])
    forms.get_by_role("button", name="Not now").click()
    expect(forms).to_have_count(0)

    # What it came to, once it is opened.
    phone.go("/#/trends")
    expect(phone.page.get_by_text("PHQ-9")).to_have_count(0)
    phone.page.locator(".totals > summary").click()
    expect(phone.page.locator(".totals tbody tr")).to_have_text([re.compile("4minimal$")])

    # What asks about something very hard can be stopped and thrown away, and leads to here and now.
    phone.go("/#/questionnaires/pcl-5")
    phone.page.get_by_role("button", name="Begin").click()
    answer(phone, "A little bit")
    phone.page.get_by_role("button", name="Stop").click()
    phone.page.get_by_role("button", name="Throw it away").click()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("It is ")
    phone.go("/#/questionnaires/pcl-5")
    expect(phone.page.get_by_role("button", name="Begin")).to_be_visible()

    # A pack that the operator loaded is learned of by the list, and then filled in like the others, without a network.
    load_a_pack(server, "isi")
    phone.page.clock.set_fixed_time(datetime.now(UTC))
    phone.go("/#/questionnaires")
    phone.page.reload()
    expect(phone.page.get_by_role("link", name="Sleep Made up")).to_be_visible()
    expect(phone.page.get_by_label("Made up, about once a month")).to_be_visible()
    phone.context.set_offline(True)
    phone.go("/#/questionnaires/isi")
    phone.page.reload()
    phone.page.get_by_role("button", name="Begin").click()
    for number in range(1, 7):
        expect(phone.page.locator("#item")).to_have_text(f"Made-up item {number}")
        answer(phone, "answer 2")
    phone.page.get_by_label("answer 3", exact=True).check()
    phone.page.get_by_role("button", name="Save", exact=True).click()
    expect(phone.page.get_by_text("Saved on this device.")).to_be_visible()
    phone.context.set_offline(False)
    phone.page.reload()
    phone.until(lambda: responses(server, patient)[0]["values"]["instrument"] == "isi", "the response to be sent")
    assert responses(server, patient)[0]["score"]["total"] == 15

    # So can a reminder of it be asked for.
    phone.go("/#/reminder")
    phone.page.get_by_text("Remind me of one").click()
    phone.page.get_by_label("Which one").select_option(label="Sleep")
    phone.page.get_by_role("button", name="Remind me of it").click()
    expect(phone.page.get_by_text("Sleep: every 2 weeks at 10:00.")).to_be_visible()


def load_a_pack(server: Server, name: str, **settings: str) -> None:
    """Loads made-up words for one, as an operator does; the start after the next is without them again."""
    pack = made_up(KNOWN[name])
    items = {
        item.id: {"text": item.text, "labels": {str(one.value): one.label for one in item.options}}
        for item in pack.items
    }
    path = server.data / f"{name}-pack.json"
    path.write_text(json.dumps({"instrument": name, "version": pack.version, "title": pack.title, "items": items}))
    command = [sys.executable, "-m", "server", "instruments", "load", str(path), "--sha256", str(pack.text_sha256)]
    environment = os.environ | {"INTERLUDE_DATA_DIR": str(server.data)}
    subprocess.run(command, cwd=server.root, env=environment, check=True, stdout=subprocess.DEVNULL)
    server.stop()
    server.start(**settings)
    (server.data / "packs" / f"{name}.json").unlink()


def test_on_the_day_of_one_questionnaire_no_other_is_offered(phone: Phone) -> None:
    script = """(rules, cases) => cases.map(([day, at, startsAt]) =>
        rules.isFilledInOn(day, [{ completed_at: at, zone: 'Europe/Berlin' }], startsAt))"""
    cases = [
        (["2026-03-02", "2026-03-02T09:00:00Z", "04:00"], True),
        (["2026-03-03", "2026-03-02T09:00:00Z", "04:00"], False),
        (["2026-03-02", "2026-03-03T02:30:00Z", "04:00"], True),
        (["2026-03-03", "2026-03-03T03:30:00Z", "04:00"], True),
        (["2026-03-03", "2026-03-03T02:30:00Z", "03:00"], True),
    ]

    assert rules(phone, script, [given for given, _ in cases]) == [told for _, told in cases]
