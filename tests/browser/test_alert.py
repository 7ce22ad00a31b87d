"""From a dark answer to a human: an answer without a network reaches the therapist, the patient reads who saw it."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.test_questionnaires import answer
from tests.browser.test_sharing import WIDE, accepted

# On another page than Today: how much of the line stands there once it is locked, also where it was being looked up;
# and whether what is read in one tab while another keeps an answer stays read.
LOCKED_AND_READ = """async () => {
    const load = (name) => import(new URL(name, document.querySelector('script').src).href)
    const [{ locked }, { showTold }, kept] = await Promise.all(
        ['./accounts/account.js', './safety/told.js', './safety/told-kept.js'].map(load))
    const told = document.querySelector('#told')
    const stood = told.childElementCount
    locked.value = true
    const atOnce = told.childElementCount
    locked.value = false
    const looksUp = showTold(told)
    locked.value = true
    await looksUp
    const later = told.childElementCount
    locked.value = false
    const items = await kept.keptAlerts()
    const answer = { items, next: null }
    for (const turn of ['a', 'b', 'c']) {
        await Promise.all([kept.noteRead([turn]), kept.keptAlerts(answer), kept.noteRead([turn + turn])])
    }
    return [stood, atOnce, later, (await kept.readSoFar()).toSorted().join(' ')]
}"""


def alerts(server: Server, who: Account) -> list[dict[str, Any]]:
    with closing(server.client(who)) as client:
        items: list[dict[str, Any]] = client.get("/api/alerts").raise_for_status().json()["items"]
    return items


def forms(server: Server, who: Account) -> list[dict[str, Any]]:
    with closing(server.client(who)) as client:
        items: list[dict[str, Any]] = client.get("/api/responses").raise_for_status().json()["items"]
    return items


def fill_in_darkly(phone: Phone) -> None:
    """A PHQ-9 that comes to 4 in all, and to 1 in question 9."""
    phone.page.get_by_role("link", name="Questionnaires").click()
    phone.page.get_by_role("link", name="Low mood, and what comes with it").click()
    phone.page.get_by_role("button", name="Begin").click()
    for label in ["Several days"] * 3 + ["Not at all"] * 5 + ["Several days"]:
        answer(phone, label)
    phone.page.get_by_label("Not difficult at all").check()
    phone.page.get_by_role("button", name="Save", exact=True).click()


def test_an_answer_without_a_network_reaches_a_human_and_its_person_reads_who_saw_it(
    open_phone: OpenPhone, server: Server
) -> None:
    patient = server.register(name="Mara Kindler")
    therapist, consent_id = accepted(server, patient, scopes=["alerts"])
    phone = open_phone("patient")
    phone.wait_for_shell()
    phone.sign_in(patient)
    expect(phone.page.locator("#shared")).to_have_text("Shared with: 1")
    phone.context.set_offline(True)
    fill_in_darkly(phone)

    # The card, with the network off: who reads, when, and the way to ask.
    expect(phone.page.get_by_role("heading", name="Before you go on")).to_be_visible()
    expect(phone.page.get_by_text("Dr Osei reads")).to_be_visible()
    phone.page.get_by_label("A line with it, if you like").fill("Please ring me.")
    phone.page.get_by_role("button", name="Tell my therapist").click()
    expect(phone.page.get_by_text("It goes as soon as there is a network")).to_be_visible()
    phone.context.set_offline(False)
    phone.page.reload()  # a page that stays open tries again by itself, within a minute
    phone.until(lambda: len(alerts(server, patient)) == 2, "the answer and the asking arrive")
    assert [(one["score"]["total"], one["values"]["answers"]["9"]) for one in forms(server, patient)] == [(4, 1)]

    desk = open_phone("therapist", WIDE)
    desk.sign_in(therapist)
    desk.go("/#/people")
    expect(desk.page.get_by_text("2 alerts")).to_be_visible()
    desk.go(f"/#/people/{consent_id}")
    told = desk.page.locator(".alert")
    asked = told.filter(has_text="They ask you to be told.")
    expect(asked).to_contain_text("Please ring me.")
    answered = told.filter(has_text="1, several days")
    answered.get_by_role("button", name="Please call the clinic").click()
    expect(answered.get_by_text("Read by Dr Osei on")).to_be_visible()
    expect(asked.get_by_text("Read by Dr Osei on")).to_have_count(0)
    replies = {one["reason"]: (one["seen_by"], one["reply"]) for one in alerts(server, patient)}
    assert replies.pop("asked") == (None, None)
    assert list(replies.values()) == [("Dr Osei", "call_clinic")]

    # Today says so in one line, until it was read where it stands.
    phone.go("/#/")
    expect(phone.page.locator("#told")).to_contain_text("Dr Osei saw your alert on")
    phone.go("/#/device")
    expect(phone.page.get_by_role("heading", name="This device", exact=True)).to_be_visible()
    assert phone.page.evaluate(LOCKED_AND_READ) == [1, 0, 0, "a aa b bb c cc"]
    phone.go("/#/")
    phone.page.locator("#told").get_by_text("Dr Osei saw your alert on").click()
    expect(phone.page.get_by_text("“Please call the clinic”.")).to_be_visible()
    expect(phone.page.get_by_text("Dr Osei saw it on")).to_be_in_viewport()
    expect(phone.page.get_by_role("heading", name="I need help")).to_be_attached()
    phone.go("/#/")
    expect(phone.page.locator("#told li")).to_have_count(0)
    expect(phone.page.locator("#unwatched")).to_be_visible()
    answered.get_by_role("button", name="Close it").click()
    expect(desk.page.get_by_text("1 closed alert")).to_be_visible()

    # Asked once more, and somebody is told.
    phone.go("/#/help")
    phone.page.get_by_role("button", name="Tell my therapist").click()
    expect(phone.page.get_by_text("Sent. Here you read who saw it.")).to_be_visible()
    assert len(alerts(server, patient)) == 3

    # Begun on a phone that then locks: the words are there again for whoever opens the lock, and nothing before it.
    phone.set_pin("246813")
    phone.go("/#/help")
    expect(phone.page.get_by_text("Dr Osei saw it on")).to_be_visible()
    phone.page.get_by_label("A line with it").fill("It is back")
    phone.page.reload()
    expect(phone.page.get_by_label("A line with it")).to_have_value("")
    expect(phone.page.get_by_text("Your therapist reads")).to_be_visible()
    assert "Osei" not in phone.page.content()  # when somebody reads, and not who

    # The therapist leaves while this page is open: nobody is told any more, and what became of the rest is still said.
    with closing(server.client(therapist)) as client:
        client.delete(f"/api/shared/{consent_id}").raise_for_status()
    phone.page.get_by_role("button", name="Tell my therapist").click()
    expect(phone.page.get_by_text("nobody is told")).to_be_visible()
    expect(phone.page.get_by_text("Your therapist reads")).to_have_count(0)
    assert len(alerts(server, patient)) == 3
    phone.go("/#/unlock")
    phone.page.get_by_label("PIN", exact=True).fill("246813")
    phone.page.get_by_role("button", name="Unlock").click()
    phone.go("/#/")
    phone.page.locator("#told").get_by_text("Nobody was told of what you asked").click()
    expect(phone.page.get_by_text("Nobody was told of it")).to_be_visible()
    expect(phone.page.get_by_text("The share was closed before anybody read it.")).to_have_count(2)
    expect(phone.page.get_by_text("Dr Osei saw it on")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Tell my therapist")).to_have_count(0)


def test_without_the_scope_there_is_the_card_and_no_alert_anywhere(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register(name="Mara Kindler")
    therapist, _ = accepted(server, patient, scopes=["scales", "measures"])
    phone = open_phone("patient")
    phone.sign_in(patient)
    fill_in_darkly(phone)

    expect(phone.page.get_by_role("heading", name="Before you go on")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Tell my therapist")).to_have_count(0)
    phone.page.get_by_role("link", name="Not now").click()
    phone.until(lambda: len(forms(server, patient)) == 1, "the answers arrive")
    assert forms(server, patient)[0]["values"]["answers"]["9"] == 1
    assert alerts(server, patient) == alerts(server, therapist) == []


def test_an_answer_that_was_changed_since_says_so_on_its_readers_page(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register(name="Mara Kindler")
    therapist, consent_id = accepted(server, patient, scopes=["alerts"])
    record_id, at, desk = uuid7(), wire_instant(datetime.now(UTC)), open_phone("therapist", WIDE)

    def answered(value: int) -> None:
        form = {"instrument": "phq-9", "instrument_version": "1", "answers": {"9": value}}
        patch = {**form, "completed_at": at, "zone": "Europe/Berlin"}
        change = {"id": uuid7(), "kind": "response", "record_id": record_id, "base_revision": 0, "edited_at": at}
        with closing(server.client(patient)) as client:
            sent = client.post("/api/sync", json={"since": 0, "changes": [{**change, "patch": patch}]})
        assert sent.json()["results"][0]["outcome"] in ("stored", "merged"), sent.text

    answered(3)
    desk.sign_in(therapist)
    desk.go(f"/#/people/{consent_id}")
    told = desk.page.locator(".alert").filter(has_text="3, nearly every day")
    expect(told).to_be_visible()
    expect(told.get_by_text("It has been changed since.")).to_have_count(0)

    answered(0)
    desk.page.reload()

    expect(told.get_by_text("It has been changed since.")).to_be_visible()
