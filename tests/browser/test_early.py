"""The first load: what it weighs, and what is written and pressed before the scripts of the page have come."""

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone

_MOST_BYTES = 40_000
_MOST_REQUESTS = 25


def open_without_scripts(phone: Phone) -> None:
    """Opens Today as a slow network brings it: the page at once, its scripts most of a second later."""

    def come_late(route: Route) -> None:
        phone.page.wait_for_timeout(800)
        route.continue_()

    phone.remove_worker()
    phone.page.route("**/js/app.js", come_late)
    phone.page.goto(phone.url + "/", wait_until="commit")


def test_an_answer_given_before_the_script_came_is_kept(phone: Phone) -> None:
    held: list[Route] = []
    open_without_scripts(phone)
    phone.page.route("**/js/later.js", lambda route: held.append(route))
    phone.rate("mood", 8)
    phone.page.locator("#note").fill("early")
    phone.save()

    phone.expect_state("Saved on this device")
    phone.until(lambda: bool(held), "what comes after the load to be asked for")
    held[0].continue_()
    expect(phone.page.locator("#earlier li")).to_contain_text("mood 8")


def test_what_was_written_before_the_script_came_outlives_a_visit_to_another_page(phone: Phone) -> None:
    open_without_scripts(phone)
    phone.write("half a thought")
    phone.go("/#/help")

    expect(phone.page.locator("#page h1")).to_be_visible()
    phone.go("/#/")
    expect(phone.page.locator("#note")).to_have_value("half a thought")
    phone.page.wait_for_timeout(400)
    phone.page.reload()
    expect(phone.page.locator("#note")).to_have_value("half a thought")


def test_a_first_load_is_small_and_what_comes_after_it_makes_today_whole(open_phone: OpenPhone) -> None:
    phone = open_phone(path="about:blank")
    cdp = phone.context.new_cdp_session(phone.page)
    asked, heads, whole, loaded = dict[str, float](), dict[str, int](), dict[str, int](), list[float]()
    cdp.on("Network.requestWillBeSent", lambda told: asked.setdefault(told["requestId"], told["timestamp"]))
    cdp.on(
        "Network.responseReceived",
        lambda told: heads.update({told["requestId"]: told["response"]["encodedDataLength"]}),
    )
    cdp.on("Network.loadingFinished", lambda told: whole.update({told["requestId"]: told["encodedDataLength"]}))
    cdp.on("Page.loadEventFired", lambda told: loaded.append(told["timestamp"]))
    cdp.send("Network.enable")
    cdp.send("Page.enable")

    phone.go("/")

    phone.until(lambda: bool(loaded), "the load")
    first = [request for request, at in asked.items() if at <= loaded[0]]
    phone.until(lambda: whole.keys() >= set(first), "what was asked for")
    weight = sum(whole[request] - heads[request] for request in first)
    print(f"first load: {weight} bytes (at most {_MOST_BYTES}) in {len(first)} requests (at most {_MOST_REQUESTS})")
    assert len(first) <= _MOST_REQUESTS
    assert weight <= _MOST_BYTES
    expect(phone.page.locator("#today-title")).not_to_have_text("Today")
    expect(phone.page.get_by_role("link", name="Make an account")).to_be_visible()
