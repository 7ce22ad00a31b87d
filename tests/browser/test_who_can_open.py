"""Who can open this: said on every device when it is new and again a day later, seen on one page, ended from there."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server

# The line is put there, or nothing is, only after the answer that says who can open it.
TOLD = """
const [ask, put] = [window.fetch, Element.prototype.replaceChildren]
let isAnswered = false
window.fetch = async (...given) => {
    const answer = await ask(...given)
    isAnswered ||= new URL(answer.url).pathname === '/api/sign-ins'
    return answer
}
Element.prototype.replaceChildren = function (...nodes) {
    put.apply(this, nodes)
    if (this.id === 'newcomers' && isAnswered) window.isTold = true
}
"""
HOURS = {"weekdays": [1], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}


def share(server: Server, patient: Account, therapist: Account) -> None:
    """A consent of `patient` that `therapist` has accepted."""
    with closing(server.client(patient)) as mine, closing(server.client(therapist)) as theirs:
        theirs.put("/api/reading-hours", json=HOURS).raise_for_status()
        given = mine.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]}).raise_for_status().json()
        secret = given["invitation"].rpartition("/")[2]
        theirs.post("/api/consents/acceptance", json={"secret": secret}).raise_for_status()
        mine.delete("/api/sign-ins/current").raise_for_status()


def newcomers(phone: Phone) -> list[str]:
    """What Today says of them, once it has asked and has said it."""
    phone.page.reload()
    phone.until(lambda: bool(phone.page.evaluate("window.isTold")), "the line of Today")
    return phone.page.locator("#newcomers a").all_inner_texts()


def test_a_new_device_and_a_new_share_are_said_seen_and_said_again_a_day_later(
    open_phone: OpenPhone, server: Server
) -> None:
    patient = server.register()
    with closing(server.client(patient)) as first:
        first.delete("/api/sign-ins/current").raise_for_status()
    mine, other = open_phone("mine"), open_phone("other")
    for phone in (mine, other):
        phone.page.add_init_script(TOLD)
    mine.sign_in(patient)
    older = newcomers(mine)  # the program that made the account was there before this phone
    other.sign_in(patient)

    assert older == []
    assert newcomers(mine) == ["Signed in: Chrome on Linux. See who can open this"]
    share(server, patient, server.register_therapist())
    assert newcomers(mine) == ["2 devices or shares can open this. See which"]
    assert newcomers(other) == ["Shared with Dr Osei, a name not checked by anyone. See who can open this"]

    mine.page.locator("#newcomers a").click()
    expect(mine.page.get_by_text("as your therapist, name not checked by anyone", exact=False)).to_be_visible()
    mine.go("/#/")
    assert newcomers(mine) == []

    mine.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=25))
    assert newcomers(mine) == ["3 devices or shares can open this. See which"]


def test_one_button_ends_all_but_this_device_and_loses_nothing_of_the_other(
    open_phone: OpenPhone, server: Server
) -> None:
    patient, therapist = server.register(), server.register_therapist()
    share(server, patient, therapist)
    lost, mine = open_phone("lost"), open_phone("mine")
    lost.sign_in(patient)
    lost.write("written on the other")
    lost.save()
    lost.expect_state("Saved and sent")
    mine.sign_in(patient)
    page = mine.page
    expect(page.locator("#shared")).to_have_text("Shared with: 1")

    # Without a network Share says what this device last knew, and an invitation that it can't be made.
    mine.wait_for_shell()
    mine.context.set_offline(True)
    mine.go("/#/share/new")
    expect(page.get_by_text("An invitation needs the network")).to_be_visible()
    mine.go("/#/share")
    expect(page.get_by_role("heading", name="As this device knew it on")).to_be_visible()
    expect(page.get_by_text("Withdrawing needs the network.")).to_be_visible()
    mine.context.set_offline(False)

    mine.go("/#/who-can-open-this")
    page.get_by_role("button", name="End all but this device").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("other devices are signed out and 1 share ends, at once.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="End them now").click()

    expect(page.get_by_text("Ended. This device alone is signed in, and nothing is shared.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign it out")).to_have_count(0)
    expect(page.get_by_text("Nobody.", exact=True)).to_be_visible()
    expect(page.locator("#shared")).to_have_text("Shared with: 0")
    with closing(server.client(therapist)) as theirs:
        assert theirs.get("/api/shared").json() == []
    lost.go("/#/history")
    lost.page.reload()
    expect(lost.page.get_by_text("This device is signed out; what you see is kept on this device.")).to_be_visible()
    expect(lost.page.get_by_text("written on the other")).to_be_visible()
