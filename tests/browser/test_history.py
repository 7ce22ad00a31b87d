"""History: notes as they were typed, a calendar, a search, earlier versions and other zones."""

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPhone
from tests.browser.hostile import NOTES
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_phone_rules import change
from tests.browser.test_sharing import accepted
from tests.browser.test_today import session, told
from tests.browser.test_versions import write_elsewhere

TEXTS = "all => all.map(one => one.textContent)"
OVERFLOW = """() => {
    const isCut = (one) => one.checkVisibility() && getComputedStyle(one).overflowX !== 'visible'
    const all = [...document.querySelectorAll('main *:not(.unseen)')].filter(isCut)
    const cut = all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 80))
    return [document.documentElement.scrollWidth - innerWidth, ...cut]
}"""


def test_a_hundred_hostile_notes_are_shown_as_they_were_typed(open_phone: OpenPhone, server: Server) -> None:
    noon = datetime.now(UTC) - timedelta(days=2)
    made = [
        change("check_in", noon - timedelta(minutes=i), {"note": note, "audience": "therapist"})
        for i, note in enumerate(NOTES)
    ]
    never_closed = NOTES[14]
    patient = told(server, *made, session(27, status="happened", intention=never_closed))
    phone = open_phone(size=(320, 640))
    phone.sign_in(patient)
    page = phone.page

    phone.go("/#/history")
    scroll_to_the_end(page, lambda: page.locator(".said").count() == len(NOTES))
    assert page.locator(".said").evaluate_all(TEXTS) == list(NOTES)
    assert page.evaluate(OVERFLOW) == [0]
    phone.go(f"/#/history/day/{made[0]['patch']['occurred_at'][:10]}")
    expect(page.locator("#page h1")).to_contain_text("20")
    seen = page.locator(".said").evaluate_all(TEXTS)
    assert set(seen) <= set(NOTES)
    phone.go("/#/history")
    page.get_by_label("Search what you wrote").fill("b")
    expect(page.locator("mark").first).to_be_visible()
    scroll_to_the_end(page, lambda: page.locator(".end").bounding_box() is not None)
    assert set(page.locator(".said").evaluate_all(TEXTS)) <= set(NOTES)
    assert page.evaluate(OVERFLOW) == [0]
    for i in (0, 13, len(NOTES) - 1):
        phone.go(f"/#/entry/{made[i]['record_id']}")
        expect(page.locator("#note")).to_have_value(NOTES[i])
        assert page.evaluate(OVERFLOW)[0] == 0
    phone.go("/#/grounding")
    expect(page.locator(".here")).to_contain_text(never_closed)

    # Their writer where notes are taken back, and whoever reads them, on paper too.
    therapist, consent_id = accepted(server, patient, notes_from="2020-01-01")
    phone.go("/#/share/notes")
    page.get_by_role("button", name="Older").click()
    expect(page.locator(".said")).to_have_count(40)
    assert page.locator(".said").evaluate_all(TEXTS) == list(NOTES[:40])
    assert page.evaluate(OVERFLOW) == [0]
    reader = open_phone("reader", size=(320, 640))
    reader.sign_in(therapist)
    reader.go(f"/#/people/{consent_id}")
    seen = reader.page.locator(".brief .notes li > p:first-child, .brief .quote")
    expect(seen).to_have_count(len(NOTES))
    own, *others = seen.evaluate_all(TEXTS)
    assert {own.removeprefix("“").removesuffix("”"), *others} == set(NOTES)
    assert reader.page.evaluate(OVERFLOW) == [0]
    reader.page.set_viewport_size({"width": 794, "height": 1123})
    reader.page.emulate_media(media="print")
    assert reader.page.evaluate(OVERFLOW) == [0]


def scroll_to_the_end(page: Page, is_there: object) -> None:
    """Scrolls until `is_there`, or for as long as the page goes on growing."""
    deadline = time.monotonic() + 60
    while not is_there():  # type: ignore[operator]
        assert time.monotonic() < deadline
        page.mouse.wheel(0, 4_000)
        page.wait_for_timeout(30)


def test_a_day_is_found_in_the_calendar_and_a_word_by_the_search_without_a_network(
    open_phone: OpenPhone, server: Server
) -> None:
    day = datetime(2026, 2, 10, 12, tzinfo=UTC)
    patient = told(
        server,
        change("check_in", day, {"mood": 4, "note": "Café con Ana, así", "audience": "therapist"}),
        change("check_in", day + timedelta(hours=2), {"what_helped": "the smell of café"}),
        change("check_in", day + timedelta(hours=14), {"mood": 6}),
        change("treatment_session", day + timedelta(days=8), {}),
        change("check_in", day + timedelta(days=40), {"zone": "Europe/Lisbon", "note": "by the river"}),
    )
    phone = open_phone()
    phone.sign_in(patient)
    page = phone.page
    phone.wait_for_shell()
    server.stop()

    phone.go("/#/history/month/2026-02")
    expect(page.locator(".month a:not(.bare)")).to_have_count(2)
    expect(page.locator(".month a")).to_have_count(28)
    tree = page.locator("#page").aria_snapshot()
    assert 'link "10 February: something written"' in tree, tree
    assert 'link "11 February: nothing stands here"' in tree, tree
    assert '- columnheader "Monday"' in tree, tree
    page.get_by_role("link", name="18 February").click()
    expect(page.locator("#page h1")).to_have_text("Wednesday, 18 February 2026")
    expect(page.locator(".entry")).to_contain_text("Session")
    page.get_by_role("link", name="Calendar").click()
    page.get_by_role("link", name="10 February").click()
    # 02:00 on the 11th still belongs to the 10th.
    expect(page.locator(".entry")).to_have_count(3)
    page.get_by_role("link", name="All days").click()
    expect(page.locator(".entry .number").first).to_have_text("12:00 in Lisbon")
    find = page.get_by_label("Search what you wrote")
    find.fill("CAFE")
    expect(page.get_by_text("2 entries found.")).to_be_visible()
    assert page.locator("mark").all_inner_texts() == ["café", "Café"]
    find.fill("cafe ana")
    expect(page.get_by_text("1 entry found.")).to_be_visible()
    find.fill("tea")
    expect(page.get_by_text("Nothing like that on this device.")).to_be_visible()
    find.fill("")
    expect(page.locator(".entry")).to_have_count(5)
    assert "caf" not in page.url.lower()
    phone.go("/#/history/day/2026-02-31")
    expect(page.get_by_role("heading", name="There is no such day")).to_be_visible()


def test_earlier_versions_are_read_and_it_is_said_where_they_can_not_be(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.rate("mood", 2)
    phone.write("a bad night")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.page.locator("#earlier a").click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
    phone.page.locator("#note").fill("a long night")
    phone.save()
    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible()

    phone.page.locator(".entry-head").click()
    phone.page.get_by_role("button", name="Earlier versions").click()
    expect(phone.page.locator(".version")).to_have_count(1)
    expect(phone.page.locator(".version .said")).to_have_text("a bad night")
    expect(phone.page.locator(".version")).to_contain_text("mood 2")
    phone.page.get_by_role("button", name="Hide earlier versions").click()
    write_elsewhere(server, patient, {"note": "a short night"})
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.page.get_by_text("a short night")).to_be_visible()
    phone.page.get_by_role("button", name="Earlier versions").click()
    expect(phone.page.get_by_text("Earlier versions, the newest first: 1 of 2.")).to_be_visible()
    expect(phone.page.locator(".version .said")).to_have_text("a long night")
    phone.page.get_by_role("button", name="Show the one before it").click()
    expect(phone.page.locator(".version .said")).to_have_text(["a long night", "a bad night"])
    phone.page.get_by_role("button", name="Hide earlier versions").click()
    server.stop()
    phone.page.get_by_role("button", name="Earlier versions").click()

    expect(
        phone.page.get_by_text("Earlier versions are kept by the server, and it could not be reached")
    ).to_be_visible()
    expect(phone.page.locator(".version")).to_have_count(0)
