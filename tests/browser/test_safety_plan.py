"""The safety plan: written without a network, found after a kill, and while locked as far as was chosen."""

from contextlib import closing
from typing import Any

from playwright.sync_api import expect

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Account, Server
from tests.browser.stored import found_in
from tests.browser.test_phone_rules import instants, run

PIN = "246813"
DRAFT = """async () => {
    const at = document.querySelector('script').src
    const names = ['./accounts/account.js', './safety/plan-kept.js', './records/drafts.js']
    const [account, kept, drafts] = await Promise.all(names.map((name) => import(new URL(name, at).href)))
    return (await drafts.draftOf(await account.journal(), kept.planId()))?.fields ?? {}
}"""
PARTS = "(module, given) => module.piecesOf(given)"


def plan_there(server: Server, who: Account) -> dict[str, Any]:
    """The plan as the server has it; empty where there is none."""
    with closing(server.client(who)) as client:
        records = client.post("/api/sync", json={"since": 0, "changes": []}).raise_for_status().json()["records"]
        own = client.get("/api/account").json()["id"]
    found = [record for record in records if record["kind"] == "safety_plan"]
    assert [record["id"] for record in found] in ([], [own])
    values: dict[str, Any] = found[0]["values"] if found else {}
    return values


def keep_plan(server: Server, who: Account, **values: Any) -> None:
    """Writes the plan on another device."""
    with closing(server.client(who)) as client:
        own = client.get("/api/account").json()["id"]
        change = {"id": uuid7(), "kind": "safety_plan", "record_id": own, "base_revision": 0, "patch": values}
        change["edited_at"] = wire_instant(instants(3, 1)[0])
        answer = client.post("/api/sync", json={"since": 0, "changes": [change]}).raise_for_status()
        assert answer.json()["results"][0]["outcome"] == "stored", answer.text


def write(phone: Phone, part: str, text: str) -> None:
    """Writes one part, key by key."""
    phone.page.get_by_label(part, exact=True).press_sequentially(text)


def test_a_plan_is_lines_under_headings_and_what_is_at_hand_while_locked_was_chosen(phone: Phone) -> None:
    def values(**fields: Any) -> Any:
        return run(phone, "./safety/plan-rules.js", "(module, given) => module.valuesOf(given)", fields)

    def pieces(line: str) -> list[str]:
        return [one["text"] for one in run(phone, "./safety/plan-rules.js", PARTS, line) if one["isNumber"]]

    assert values(people=" Ada \n\n Ada\nBo", reasons=" \n", locked_too=["people", "reasons"]) == {
        "people": ["Ada", "Bo"],
        "locked_too": ["people"],
    }
    assert values(people="", locked_too=["people"]) == {}
    record = {"values": {"people": ["Ada"], "locked_too": ["people"]}, "alternatives": {"people": [["Bo", "Ada"]]}}
    opened = run(phone, "./safety/plan-rules.js", "(module, given) => module.openLines(given)", record)
    assert opened == {"people": ["Ada", "Bo"]}
    assert run(phone, "./safety/plan-rules.js", "(module, given) => module.openLines(given)", {"values": {}}) == {}
    for line, numbers in (
        ("Ada 0170 12 34 56, after 5", ["0170 12 34 56"]),
        ("988 or +44 116-123", ["988", "+44 116-123"]),
        ("Mon to Fri 9-17, 24/7 in June", []),
        ("Ada", []),
    ):
        assert pieces(line) == numbers
        assert "".join(one["text"] for one in run(phone, "./safety/plan-rules.js", PARTS, line)) == line


def test_a_plan_written_offline_survives_the_kill_and_opens_while_locked_where_it_was_chosen(
    open_phone: OpenPhone, server: Server, tmp_path: Any
) -> None:
    patient = server.register()
    keep_plan(server, patient, people=["Bo"])

    # A guest has one too; it becomes one with the account's.
    phone = open_phone()
    page = phone.page
    phone.go("/#/safety-plan")
    page.get_by_role("link", name="Write it").click()
    write(phone, "What brings me back", "cold water on the wrists")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Change it")).to_be_visible()
    phone.wait_for_shell()
    phone.sign_in(patient)
    phone.until(lambda: len(plan_there(server, patient)) == 2, "the plan to be sent")
    phone.go("/#/help")
    page.locator("#page").get_by_role("link", name="My safety plan").click()
    expect(page.get_by_text("cold water on the wrists")).to_be_visible()
    expect(page.get_by_text("Bo", exact=True)).to_be_visible()

    # Half written without a network, and the browser killed.
    phone.context.set_offline(True)
    page.get_by_role("link", name="Change it").click()
    write(phone, "Professionals and services", "Clinic 030 555 0101")
    write(phone, "People I can ask", "\nAda at the harbour")
    page.get_by_label("Show this while the app is locked: Professionals and services").check()
    page.get_by_label("Show this while the app is locked: What brings me back").check()
    phone.until(lambda: page.evaluate(DRAFT).get("locked_too") == ["brings_me_back", "professionals"], "the draft")
    phone.kill()
    phone = open_phone(path="about:blank")
    page = phone.page
    phone.context.set_offline(True)
    phone.go("/")
    page.get_by_role("link", name="I need help").click()
    # One tap from every screen it is there to be read.
    expect(page.locator("#plan").get_by_text("cold water on the wrists")).to_be_visible()
    page.locator("#page").get_by_role("link", name="My safety plan").click()
    page.get_by_role("link", name="Half written. Go on").click()
    expect(page.get_by_label("People I can ask", exact=True)).to_have_value("Bo\nAda at the harbour")
    expect(page.get_by_label("Show this while the app is locked: People I can ask")).not_to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator('a[href="tel:0305550101"]')).to_be_visible()
    expect(page.get_by_text("Ada at the harbour")).to_be_visible()
    phone.go("/#/medical")
    page.get_by_role("button", name="Note the clinic’s number").click()
    page.get_by_label("The clinic’s number").fill("030 555 0199")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator('a[href="tel:0305550199"]')).to_be_visible()

    # Locked: what was chosen, here and where it brings back, and nothing else; on disk in no words at all.
    phone.set_pin(PIN)
    page.reload()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_role("link", name="I need help").click()
    expect(page.locator("#plan a[href='tel:0305550101']")).to_be_visible()
    assert "harbour" not in page.content()
    page.locator("#page").get_by_role("link", name="My safety plan").click()
    expect(page.get_by_text("You see what you chose to have at hand")).to_be_visible()
    expect(page.locator('a[href="tel:0305550101"]')).to_be_visible()
    assert "harbour" not in page.content()
    phone.go("/#/grounding")
    expect(page.get_by_text("cold water on the wrists")).to_be_visible()
    phone.go("/#/medical")
    expect(page.locator('a[href="tel:0305550199"]')).to_be_visible()
    expect(page.locator('a[href="tel:112"]')).to_be_visible()
    phone.go("/#/safety-plan/write")
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()

    # Taken back: nothing of it is there while locked any more.
    page.get_by_label("PIN", exact=True).fill(PIN)
    page.get_by_role("button", name="Unlock").click()
    for part in ("Professionals and services", "What brings me back"):
        page.get_by_label(f"Show this while the app is locked: {part}").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Ada at the harbour")).to_be_visible()
    page.reload()
    phone.go("/#/safety-plan")
    expect(page.get_by_text("Nothing of the plan was chosen")).to_be_visible()
    phone.go("/#/grounding")
    expect(page.get_by_role("heading", level=1)).to_contain_text("It is ")
    expect(page.get_by_text("cold water on the wrists")).to_be_hidden()
    phone.close()
    assert found_in(tmp_path / "phone", ["harbour", "0305550101", "cold water"]) == {}
