"""Nothing written is lost: without a network, with the browser killed, with the server stopped."""

import time
from contextlib import closing

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import BEGUN, Phone
from tests.browser.server import Account, Server

_OPEN_S = 1.0
"""How soon after opening everything written is there; a journey fails at three times this (BENCH, section 3)."""


def test_entries_and_a_draft_outlive_the_browser_and_the_server(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register()
    first = open_phone()
    first.sign_in(patient)
    first.wait_for_shell()
    first.close()  # Chromium writes a cookie down within half a minute, or when it is closed
    before = open_phone()
    before.context.set_offline(True)
    save(before, mood=4, note="first, without a network")
    save(before, mood=7, note="second, without a network")
    before.rate("anxiety", 8)
    before.write("half a thou")
    before.wait_for_draft(anxiety=8, note="half a thou")
    before.kill()
    server.kill()

    after = open_phone(path="about:blank")
    started = time.monotonic()
    after.go("/")
    after.until(lambda: after.page.locator("#note").input_value() == "half a thou", "the draft")
    after.until(lambda: after.page.locator("#earlier li").count() == 2, "both entries")
    opened_s = time.monotonic() - started
    print(f"opened cold, server stopped: {opened_s * 1000:.0f} ms (goal {_OPEN_S * 1000:.0f} ms)")
    assert opened_s < 3 * _OPEN_S
    assert after.rating("anxiety") == 8
    after.expect_state("2 not yet sent")
    after.go("/#/history")
    expect(after.page.get_by_text("first, without a network")).to_be_visible()
    expect(after.page.get_by_text("second, without a network")).to_be_visible()
    expect(after.page.get_by_text("not yet sent", exact=True)).to_have_count(2)

    server.start()
    expect(after.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)
    arrived = [(record["values"]["mood"], record["values"]["note"]) for record in server.check_ins(patient)]
    assert sorted(arrived) == [(4, "first, without a network"), (7, "second, without a network")]
    after.go("/#/")
    expect(after.page.locator("#note")).to_have_value("half a thou")


def save(phone: Phone, mood: int, note: str) -> None:
    """One check-in, kept on the device."""
    phone.rate("mood", mood)
    phone.write(note)
    phone.save()
    phone.expect_state("Saved")


def test_a_lost_answer_doubles_nothing_and_what_follows_arrives_too_in_parts_where_all_is_too_much(
    phone: Phone, server: Server
) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.remove_worker()
    lost, asked, answers = list[int](), list[int](), {"come": False}

    def answer(route: Route) -> None:
        if not answers["come"]:
            lost.append(route.fetch().status)
            return route.abort()
        asked.append(len(route.request.post_data_json["changes"]))
        return route.fulfill(status=413, json={}) if asked[-1] > 1 else route.continue_()

    phone.page.route("**/api/sync", answer)
    save(phone, mood=4, note="stored, but the phone never heard")
    phone.until(lambda: 200 in lost, "the answer to be lost")
    phone.page.locator("#earlier a").click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
    phone.rate("mood", 5)
    phone.save()
    expect(phone.page.get_by_text("not yet sent", exact=True)).to_be_visible()
    phone.go("/#/")
    save(phone, mood=2, note="another one")
    phone.go("/#/history")
    answers["come"] = True
    phone.page.evaluate("dispatchEvent(new Event('online'))")

    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)
    phone.page.unroute_all(behavior="wait")
    assert {1, 2} <= set(asked)
    _, record = sorted(server.check_ins(patient), key=lambda each: each["values"]["mood"])
    assert (record["values"]["mood"], record["values"]["note"]) == (5, "stored, but the phone never heard")
    assert record["alternatives"] == {}
    take_the_table(phone, patient)


def take_the_table(phone: Phone, patient: Account) -> None:
    """Takes the check-ins away as a file, from a device that has to show first who holds it."""
    refusal = {"type": "/problems/step-up-needed"}
    phone.page.route("**/api/check-ins.csv", lambda route: route.fulfill(status=403, json=refusal), times=1)
    phone.go("/#/files")
    phone.page.get_by_role("button", name="Take your check-ins away").click()
    phone.page.get_by_label("Your password").fill(patient.password)
    with phone.page.expect_download():
        phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page.get_by_text("The file is among this device's downloads.")).to_be_visible()


def test_a_sign_in_ended_from_elsewhere_wipes_nothing(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    save(phone, mood=6, note="before")
    phone.expect_state("Saved and sent")
    with closing(server.client(patient)) as elsewhere:
        for device in elsewhere.get("/api/sign-ins").json():
            if not device["current"]:
                elsewhere.delete(f"/api/sign-ins/{device['id']}").raise_for_status()

    save(phone, mood=3, note="after")
    phone.expect_state("Sign in again to send")
    expect(phone.page.locator("#earlier li")).to_have_count(2)
    assert len(server.check_ins(patient)) == 1
    phone.sign_in(patient)

    phone.until(lambda: len(server.check_ins(patient)) == 2, "the entry to arrive")


def test_signing_out_asks_before_it_removes_what_was_not_sent(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.wait_for_shell()
    phone.context.set_offline(True)
    save(phone, mood=6, note="only here")
    phone.go("/#/account")

    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(phone.page.get_by_text("One entry is not yet sent.", exact=False)).to_be_visible()
    phone.page.get_by_role("button", name="Stay, and send first").click()
    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("Everything is sent now.")).to_be_visible(timeout=70_000)
    assert len(server.check_ins(patient)) == 1
    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(phone.page.get_by_role("link", name="Sign in")).to_be_visible()

    phone.until(lambda: phone.databases() == set(), "the account's database to go")
    expect(phone.page.locator("#earlier li")).to_have_count(0)


def test_signing_out_asks_before_it_removes_what_is_half_written(phone: Phone, server: Server) -> None:
    phone.sign_in(server.register())
    phone.write("half a thought")
    phone.go("/#/account")

    phone.page.get_by_role("button", name="Sign out", exact=True).click()
    expect(phone.page.get_by_text("What is half written stands on this device only.", exact=False)).to_be_visible()
    phone.page.get_by_role("link", name="Go to what is half written").click()

    expect(phone.page.locator("#note")).to_have_value("half a thought")


def test_the_worker_sends_what_waits_when_the_page_is_gone(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.wait_for_shell()
    registrations: list[str] = []
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda heard: registrations.extend(one["registrationId"] for one in heard["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    server.stop()
    save(phone, mood=2, note="sent by the worker")
    phone.page.goto("about:blank")
    server.start()
    assert server.check_ins(patient) == []

    phone.until(lambda: bool(registrations), "the worker's registration")
    event = {"origin": server.url, "registrationId": registrations[-1], "tag": "interlude-send", "lastChance": False}

    def is_sent_when_woken() -> bool:
        cdp.send("ServiceWorker.dispatchSyncEvent", event)
        phone.page.wait_for_timeout(1_000)
        return len(server.check_ins(patient)) == 1

    phone.until(is_sent_when_woken, "the entry to arrive")


def test_two_pages_of_one_phone_send_each_entry_once_and_hear_of_each_other(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    other = phone.context.new_page()
    other.goto(phone.url + "/")
    other.evaluate(BEGUN)
    for page, mood in ((phone.page, 3), (other, 8)) * 3:
        page.locator(f'.numerals label:has(input[name="mood"][value="{mood}"])').click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator('input[name="mood"]:checked')).to_have_count(0)

    for page in (phone.page, other):
        expect(page.locator("#earlier li")).to_have_count(6)
    phone.until(lambda: len(server.check_ins(patient)) >= 6, "the entries to arrive")
    assert sorted(record["values"]["mood"] for record in server.check_ins(patient)) == [3, 3, 3, 8, 8, 8]


def test_a_text_written_elsewhere_survives_the_edit_behind_a_lost_answer(open_phone: OpenPhone, server: Server) -> None:
    patient = server.register()
    phone, other = open_phone("phone"), open_phone("other")
    for one in (phone, other):
        one.sign_in(patient)
        one.remove_worker()
    save(phone, mood=5, note="as it was")
    phone.expect_state("Saved and sent")
    other.page.evaluate("dispatchEvent(new Event('online'))")
    expect(other.page.locator("#earlier li")).to_have_count(1)
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.page.route("**/api/sync", lose_the_answer)
    mend(phone, "stored, but the phone never heard")
    phone.until(lambda: 200 in lost, "the answer to be lost")
    other.context.set_offline(True)
    mend(other, "from elsewhere")
    other.context.set_offline(False)
    expect(other.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)
    mend(phone, "written behind it")
    phone.page.unroute_all(behavior="wait")

    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)
    (record,) = server.check_ins(patient)
    texts = [record["values"]["note"], *record["alternatives"]["note"]]
    assert {"from elsewhere", "written behind it"} <= set(texts)


def mend(phone: Phone, note: str) -> None:
    """Puts another note in the place of the one entry's."""
    phone.go("/#/")
    phone.page.locator("#earlier a").click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
    phone.page.locator("#note").fill(note)
    phone.save()
    phone.until(lambda: phone.page.url.endswith("/#/history"), "History")
