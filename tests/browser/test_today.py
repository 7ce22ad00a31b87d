"""Today beyond the three scales: what is folded away, what a session asks, what is offered."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import DRAFTS, Phone
from tests.browser.server import Account, Server
from tests.browser.test_phone_rules import change


def told(server: Server, *changes: dict[str, Any]) -> Account:
    """A patient whose records these changes have made."""
    patient = server.register()
    with closing(server.client(patient)) as client:
        answer = client.post("/api/sync", json={"since": 0, "changes": list(changes)}).raise_for_status().json()
    assert [one for one in answer["results"] if one["outcome"] != "stored"] == []
    return patient


def session(hours_ago: float, **values: Any) -> dict[str, Any]:
    """A treatment session that began so long ago."""
    return change("treatment_session", datetime.now(UTC) - timedelta(hours=hours_ago), values)


def unfold(phone: Phone, *folds: str) -> None:
    """Opens folds; in the morning one of them is open already."""
    for fold in folds:
        phone.page.locator(f"#{fold}").evaluate("fold => { fold.open = true }")


def test_a_fold_that_is_opened_while_the_page_gets_ready_stays_open(phone: Phone, server: Server) -> None:
    phone.go("/#/sign-in")
    expect(phone.page.get_by_label("Password")).to_be_visible()
    # At the first moment at which Today is there to be touched: its entry has not been looked up yet.
    phone.page.evaluate("""() => {
      const root = document.documentElement
      new MutationObserver((_, watch) => {
        if (root.dataset.page !== "today") return
        watch.disconnect()
        document.querySelector("#away").open = true
      }).observe(root, { attributes: true })
    }""")
    phone.sign_in(server.register())
    looked_up = """async () => {
      const app = document.querySelector('script[type=module]').src
      return (await import(new URL('./journal/today.js', app).href)).mended.peek() === null
    }"""
    phone.until(lambda: bool(phone.page.evaluate(looked_up)), "the entry that Today is about")
    expect(phone.page.get_by_label("numb")).to_be_visible()
    phone.rate("mood", 6)
    phone.save()
    phone.expect_state("Saved")
    expect(phone.page.get_by_label("numb")).to_be_hidden()


def test_what_is_folded_away_is_kept_and_found_again(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    page = phone.page
    page.locator("#away summary").click()
    unfold(phone, "sleep", "body", "own")
    tone = page.get_by_label("distressing")
    expect(page.get_by_label("numb")).to_be_visible()
    expect(tone).to_be_hidden()

    phone.rate("dissociation", 4)
    tone.check()
    page.get_by_label("I lost time").check()
    page.get_by_label("a flashback").check()
    page.get_by_label("What brought you back?").fill("cold water")
    page.get_by_role("group", name="Were you driving").get_by_label("no").check()
    page.get_by_label("a little").check()
    page.get_by_label("Hours slept").fill("6.5")
    phone.rate("rested", 3)
    page.get_by_label("Headache").select_option("mild")
    page.get_by_label("A scale of your own").fill("nightmares")
    page.get_by_role("button", name="Add it").click()
    phone.rate("own nightmares", 7)
    nightmares = {"nightmares": 7}
    phone.until(lambda: any(one["extras"].get("own") == nightmares for one in page.evaluate(DRAFTS)), "the draft")
    page.reload()
    expect(page.locator("#sleep-said")).to_have_text("6.5 hours slept · rested 3")
    unfold(phone, "body")
    expect(page.get_by_label("Headache")).to_have_value("mild")
    phone.save()
    phone.expect_state("Saved and sent")

    values = server.check_ins(patient)[0]["values"]
    assert {key: value for key, value in values.items() if key not in ("occurred_at", "zone")} == {
        "dissociation": 4,
        "dissociation_tone": "distressing",
        "dissociation_kinds": ["lost_time", "flashback"],
        "what_helped": "cold water",
        "in_danger": False,
        "memory_gaps": "a_little",
        "sleep_hours": 6.5,
        "rested": 3,
        "side_effects": {"headache": "mild"},
        "own": {"nightmares": 7},
    }
    unfold(phone, "own")
    page.get_by_role("button", name="Do not ask about nightmares any more").click()
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("group", name="Right now: nightmares")).to_be_visible()


def test_an_entry_a_day_after_a_session_answers_that_point_without_a_network(phone: Phone, server: Server) -> None:
    began = session(24, status="happened")
    patient = told(server, began)
    phone.sign_in(patient)
    phone.wait_for_shell()
    server.stop()
    phone.page.reload()
    expect(phone.page.locator("#points")).to_contain_text("A day after your session")

    phone.rate("mood", 5)
    phone.page.get_by_label("Anything you want to keep from yesterday?").fill("the colour of the ceiling")
    phone.page.get_by_label("Nausea").select_option("mild")  # asked at this point, so not folded away
    phone.save()
    phone.expect_state("Saved on this device")
    expect(phone.page.locator("#points li")).to_have_count(0)
    expect(phone.page.locator("#asked")).to_be_hidden()
    server.start()

    phone.until(lambda: len(server.check_ins(patient)) == 1, "the entry")
    values = server.check_ins(patient)[0]["values"]
    assert (values["point"], values["session_id"], values["keep"], values["side_effects"]) == (
        "t+24h",
        began["record_id"],
        "the colour of the ceiling",
        {"nausea": "mild"},
    )


def test_a_week_after_a_session_life_is_compared(phone: Phone, server: Server) -> None:
    patient = told(server, session(7 * 24), session(-5 * 24, status="planned"))
    phone.sign_in(patient)

    expect(phone.page.locator("#points a")).to_contain_text("A session is planned for")
    phone.page.get_by_label("easier").check()
    phone.save()
    phone.expect_state("Saved and sent")

    values = server.check_ins(patient)[0]["values"]
    assert (values["point"], values["compared"]) == ("t+7d", "easier")


def test_a_hard_stretch_is_said_once(phone: Phone, server: Server) -> None:
    def mood(days_ago: int, rating: int) -> dict[str, Any]:
        return change("check_in", datetime.now(UTC) - timedelta(days=days_ago), {"mood": rating})

    phone.sign_in(told(server, *(mood(days, 6) for days in range(5, 14)), *(mood(days, 3) for days in range(1, 5))))
    phone.go("/#/history")
    expect(phone.page.locator(".entry").first).to_be_visible()
    phone.go("/#/")

    phone.rate("mood", 2)
    phone.save()
    expect(phone.page.locator("#offers")).to_contain_text("A hard stretch. Want to tell someone?")
    expect(phone.page.locator("#offers a")).to_have_attribute("href", "#/help")
    phone.rate("mood", 3)
    phone.save()
    expect(phone.page.locator("#offers")).to_be_empty()


def test_a_check_in_is_written_by_the_keys_alone(phone: Phone) -> None:
    keys = phone.page.keyboard
    phone.page.get_by_role("radio", name="0, very low").focus()

    for turns in (3, 2, 1):
        keys.press("Space")
        for _ in range(turns):
            keys.press("ArrowRight")
        keys.press("Tab")
    assert [phone.rating(scale) for scale in ("mood", "anxiety", "dissociation")] == [3, 2, 1]
    for _ in range(12):
        if phone.page.evaluate("document.activeElement.textContent") == "Save":
            break
        keys.press("Tab")
    keys.press("Enter")

    phone.expect_state("Saved on this device")


def test_what_a_screen_reader_is_told_of_today(phone: Phone) -> None:
    # In the morning one of the folds is open, with a scale in it.
    phone.page.clock.set_fixed_time(datetime.now(UTC).replace(hour=19))
    phone.page.reload()
    tree = phone.page.locator("#today").aria_snapshot()

    for said in (
        '- group "Right now, how is your mood?":',
        '- radio "0, very low"',
        '- radio "10, very good"',
        '- textbox "A note"',
        '- combobox "Who may read the note"',
        "- heading ",
    ):
        assert said in tree, tree
    assert tree.index("When was this?") < tree.index("how is your mood")
    assert tree.count('- group "') == 3
    assert tree.count("- group: ") == 5
    assert tree.count("- radio ") == 33


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_of_today_is_cut_off_at_320_unfolded(open_phone: OpenPhone, server: Server, language: str) -> None:
    phone = open_phone(size=(320, 640))
    phone.page.evaluate(f"localStorage.setItem('interlude.language', '{language}')")
    phone.page.reload()
    for large in (16, 32):
        phone.page.evaluate(f"() => {{ document.documentElement.style.fontSize = '{large}px' }}")
        unfold(phone, "away", "sleep", "body", "own", "when")
        phone.page.wait_for_timeout(300)
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, large
