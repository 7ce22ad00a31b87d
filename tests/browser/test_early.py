"""The first load: what it weighs, and what is written and pressed before the scripts of the page have come."""

from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server

_MOST_BYTES = 40_000
_MOST_REQUESTS = 25
_WHEN = """
window.ends = []
window.addEventListener('load', () => window.ends.push(Date.now()))
document.addEventListener('interlude-ready', () => window.ends.push(Date.now()))
"""
# A sign-out without a network, as a page that was ended leaves it.
HALF_LEFT = """async () => {
    const load = (name) => import(new URL(name, document.querySelector('script').src).href)
    const [{ account }, { remember }] = await Promise.all([load('./accounts/account.js'), load('./base/database.js')])
    const left = [['leaving', true], ['to-clear', account.value.id], ['account']]
    for (const [name, what] of left) await remember(name, what)
    localStorage.removeItem('interlude.role')
}"""
# Of what the start does turn by turn only the first comes, until `goOn`; and one part of it fails.
HELD = """
const post = MessagePort.prototype.postMessage
const held = []
let turns = 0
let isHeld = true
MessagePort.prototype.postMessage = function (...told) {
  if (isHeld && turns++) held.push(() => post.apply(this, told))
  else post.apply(this, told)
}
window.goOn = () => { isHeld = false; for (const one of held.splice(0)) one() }
const listen = EventTarget.prototype.addEventListener
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (type === 'toggle') throw new Error('A part of the page fails.')
  return listen.call(this, type, ...rest)
}
"""
STILL_LEAVING = """async () => {
    const { remembered } = await import(new URL('./base/database.js', document.querySelector('script').src).href)
    return Boolean(await remembered('leaving') || await remembered('to-clear'))
}"""


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
    phone.page.reload(wait_until="commit")
    phone.page.get_by_role("button", name="I can’t answer right now").click()
    phone.expect_state("Saved on this device")

    # A script that never comes: it is said that nothing can be kept, and what was typed stands.
    phone.remove_worker()
    phone.page.route("**/js/journal/today.js", lambda route: route.abort())
    phone.page.reload(wait_until="commit")
    phone.page.locator("#note").fill("not to be lost")
    phone.save()
    phone.expect_state("This page did not start, so nothing can be saved yet.")
    expect(phone.page.locator("#note")).to_have_value("not to be lost")


def test_what_was_written_before_the_script_came_outlives_a_visit_to_another_page(phone: Phone, server: Server) -> None:
    open_without_scripts(phone)
    phone.write("half a thought")
    phone.go("/#/help")

    expect(phone.page.locator("#page h1")).to_be_visible()
    phone.go("/#/")
    expect(phone.page.locator("#note")).to_have_value("half a thought")
    phone.wait_for_draft(note="half a thought")
    phone.page.reload()
    expect(phone.page.locator("#note")).to_have_value("half a thought")

    # A sign-out that was begun when the page ended is finished before all else; what fails stops nothing.
    phone.sign_in(server.register())
    phone.remove_worker()
    phone.page.evaluate(HALF_LEFT)
    phone.page.add_init_script(HELD)
    phone.page.reload()
    phone.until(lambda: phone.databases() == set(), "the account's database to go")
    phone.until(lambda: not phone.page.evaluate(STILL_LEAVING), "the sign-out to be heard")
    assert phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => !one)")
    phone.page.evaluate("goOn()")
    phone.wait_for_shell()


def test_a_first_load_is_small_in_every_language_and_what_follows_makes_today_whole(open_phone: OpenPhone) -> None:
    english, spanish = open_phone("english", path="about:blank"), open_phone("spanish", path="about:blank")

    found = {language: first_load(phone, language) for language, phone in {"en-GB": english, "es": spanish}.items()}

    for language, (weight, on_the_wire, asked) in found.items():
        print(
            f"first load, {language}: {weight} bytes (at most {_MOST_BYTES}; {on_the_wire} with heads) "
            f"in {len(asked)} requests (at most {_MOST_REQUESTS})"
        )
    assert [asked for *_, asked in found.values() if len(asked) > _MOST_REQUESTS] == []
    assert max(weight for weight, *_ in found.values()) <= _MOST_BYTES
    expect(english.page.locator("#today-title")).not_to_have_text("Today")
    expect(english.page.get_by_role("link", name="Make an account")).to_be_visible()
    expect(spanish.page.get_by_role("link", name="Crear una cuenta")).to_be_visible()


def first_load(phone: Phone, language: str) -> tuple[int, int, list[str]]:
    """What was asked for until page and form were there: its bytes without and with heads, and the paths."""
    cdp = phone.context.new_cdp_session(phone.page)
    asked, paths = dict[str, float](), dict[str, str]()
    heads, whole = dict[str, int](), dict[str, int]()

    def was_asked(told: dict[str, Any]) -> None:
        asked.setdefault(told["requestId"], told["wallTime"])
        paths[told["requestId"]] = told["request"]["url"].removeprefix(phone.url)

    cdp.on("Network.requestWillBeSent", was_asked)
    cdp.on(
        "Network.responseReceived",
        lambda told: heads.update({told["requestId"]: told["response"]["encodedDataLength"]}),
    )
    cdp.on("Network.loadingFinished", lambda told: whole.update({told["requestId"]: told["encodedDataLength"]}))
    cdp.send("Network.enable")
    agent = phone.page.evaluate("navigator.userAgent")
    cdp.send("Network.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": language})
    phone.page.add_init_script(_WHEN)

    phone.go("/")

    phone.until(lambda: bool(phone.page.evaluate("window.ends.length === 2")), "the load, and the form")
    end = phone.page.evaluate("Math.max(...window.ends) / 1000")
    first = [request for request, at in asked.items() if at <= end]
    phone.until(lambda: whole.keys() >= set(first), "what was asked for")
    weight = sum(whole[request] for request in first)
    return weight - sum(heads[request] for request in first), weight, [paths[request] for request in first]


def test_an_answer_given_while_today_is_still_opening_is_kept_and_a_day_later_it_is_for_now(
    phone: Phone, server: Server
) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.rate("mood", 2)
    phone.save()
    phone.expect_state("Saved and sent")
    phone.page.locator("#earlier a").click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")

    now = datetime.now(UTC)
    phone.page.clock.set_fixed_time(now - timedelta(hours=22))
    phone.page.evaluate("""async () => {
        const arrived = new Promise((done) => addEventListener('hashchange', done, { once: true }))
        location.hash = '#/'
        await arrived
        document.querySelector('input[name=anxiety][value="7"]').click()
    }""")
    expect(phone.page.locator("#today-lead")).not_to_contain_text("changing this entry")
    phone.wait_for_draft(anxiety=7, mood=None)

    assert (phone.rating("anxiety"), phone.rating("mood")) == (7, None)
    phone.page.reload()
    phone.until(lambda: phone.rating("anxiety") == 7, "the draft")
    expect(phone.page.locator("#begun")).to_be_empty()

    # The day after it still stands there, and is for now unless that time is kept; until that is said it is asked.
    phone.page.clock.set_fixed_time(now)
    phone.page.reload()
    expect(phone.page.locator("#begun")).to_contain_text("Begun ")
    assert phone.rating("anxiety") == 7
    phone.rate("mood", 2)
    expect(phone.page.get_by_role("button", name="I can’t answer right now")).to_be_visible()
    phone.wait_for_draft(anxiety=7, mood=2)
    phone.page.reload()
    expect(phone.page.locator("#begun").get_by_role("button", name="Keep that time")).to_be_visible()
    phone.page.locator("#begun").get_by_role("button", name="It is for now").click()
    expect(phone.page.locator("#begun")).to_be_empty()
    phone.save()
    phone.until(lambda: len(server.check_ins(patient)) == 2, "the entry")
    entry = next(one["values"] for one in server.check_ins(patient) if one["values"].get("anxiety") == 7)
    assert (entry["mood"], datetime.fromisoformat(entry["occurred_at"]).date()) == (2, now.date())
