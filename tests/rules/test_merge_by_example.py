"""Merging in single sentences: who wins, what stays beside it, and what nobody else may read."""

from typing import Any
from uuid import UUID

from tests.rules.devices import ANCHOR, HOUR, START
from tests.rules.worlds import RECORDS, Store


class Desk:
    """Sends changes of one record, each from a phone of its own."""

    def __init__(self) -> None:
        self.store = Store()
        self.sent = 0

    def send(self, base: int, at: int, change_id: int = 0, **patch: Any) -> dict[str, Any]:
        """The record after a patch, or a deletion where there is none, typed `at` hours after the start."""
        self.sent += 1
        what = {"patch": ({} if base else ANCHOR) | patch} if patch else {"delete": True}
        change = {"id": str(UUID(int=change_id or self.sent)), "record_id": RECORDS[0], "base_revision": base, **what}
        change["edited_at"] = START + at * HOUR
        answer = self.store.take({"since": 0, "limit": 500, "changes": [change]}, START + 5 * HOUR)
        return answer["results"][0] | answer["results"][0]["record"]


def test_alternatives_stand_latest_first() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first")
    for hour in (2, 4, 1, 3):
        record = desk.send(1, at=hour, note=f"typed at {hour}")

    assert record["values"]["note"] == "typed at 4"
    assert record["alternatives"] == {"note": ["typed at 3", "typed at 2", "typed at 1"]}


def test_the_same_text_from_two_phones_stands_once_and_keeps_its_later_time() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first")
    desk.send(1, at=3, note="the same")
    desk.send(1, at=1, note="the same")

    record = desk.send(1, at=2, note="another")

    assert record["values"]["note"] == "the same"
    assert record["alternatives"] == {"note": ["another"]}


def test_saving_one_of_two_texts_ends_the_choice() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first")
    desk.send(1, at=1, note="one")
    both = desk.send(1, at=2, note="two")

    record = desk.send(both["revision"], at=3, note="one")

    assert record["values"]["note"] == "one"
    assert record["alternatives"] == {}


def test_an_emptied_text_keeps_the_one_that_somebody_else_wrote() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first")
    desk.send(1, at=1, note="written meanwhile")

    record = desk.send(1, at=2, note=None)

    assert "note" not in record["values"]
    assert record["alternatives"] == {"note": ["written meanwhile"]}


def test_lists_of_text_keep_both() -> None:
    desk = Desk()
    desk.send(0, at=0, reasons=["the dog"])
    desk.send(1, at=1, reasons=["the dog", "the sea"])

    record = desk.send(1, at=2, reasons=["the dog", "Ole"])

    assert record["values"]["reasons"] == ["the dog", "Ole"]
    assert record["alternatives"] == {"reasons": [["the dog", "the sea"]]}


def test_equal_times_are_settled_by_the_change_id_in_either_order() -> None:
    shown = []
    for first, second in ((8, 9), (9, 8)):
        desk = Desk()
        desk.send(0, at=0, mood=5)
        desk.send(1, at=1, change_id=first, mood=first)
        shown.append(desk.send(1, at=1, change_id=second, mood=second)["values"]["mood"])

    assert shown == [9, 9]


def test_a_clock_more_than_a_day_ahead_counts_as_now() -> None:
    desk = Desk()
    desk.send(0, at=0, mood=5)
    desk.send(1, at=10_000, mood=1)

    record = desk.send(1, at=6, mood=2)

    assert record["values"]["mood"] == 2


def test_a_map_that_is_emptied_keeps_the_key_that_somebody_else_added() -> None:
    desk = Desk()
    desk.send(0, at=0, side_effects={"nausea": 1})
    desk.send(1, at=1, side_effects={"headache": 2})

    record = desk.send(1, at=2, side_effects=None)

    assert record["values"]["side_effects"] == {"headache": 2}


def test_a_key_that_was_emptied_in_the_first_change_is_emptied_against_an_earlier_one() -> None:
    desk = Desk()
    desk.send(0, at=2, side_effects={"nausea": None})

    record = desk.send(0, at=1, side_effects={"nausea": 3, "headache": 1})

    assert record["values"]["side_effects"] == {"headache": 1}


def test_a_note_is_closed_even_where_the_other_sides_audience_is_the_later_one() -> None:
    desk = Desk()
    desk.send(0, at=0, note="harmless")
    desk.send(1, at=4, note="not for anybody yet", audience="therapist")

    record = desk.send(1, at=1, audience="both")

    assert record["values"]["audience"] == "me"
    assert record["revision"] == 3


def test_an_audience_that_was_chosen_knowing_the_note_stands() -> None:
    desk = Desk()
    desk.send(0, at=0, note="harmless")
    desk.send(1, at=1, note="for the next talk")

    record = desk.send(2, at=2, audience="therapist")

    assert record["values"]["audience"] == "therapist"


def test_a_deletion_takes_only_what_its_author_had_seen() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first")
    desk.send(1, at=1, mood=4)

    stale = desk.send(1, at=9)
    informed = desk.send(2, at=9)

    assert (stale["outcome"], stale["deleted"], stale["revision"]) == ("merged", False, 2)
    assert (informed["outcome"], informed["deleted"], informed["values"]) == ("stored", True, {})


def test_an_edit_that_had_not_seen_the_deletion_brings_everything_back() -> None:
    desk = Desk()
    desk.send(0, at=0, note="first", mood=4)
    desk.send(1, at=5)

    record = desk.send(1, at=1, mood=6)

    assert record["deleted"] is False
    assert (record["values"]["note"], record["values"]["mood"]) == ("first", 6)
