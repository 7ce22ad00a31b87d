"""Numbers to call over the wire: the phone's own, for anyone, with its source and the day on which it was checked."""

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from server.assets import static_dir
from server.safety.directory import BadDirectory, Directory, read_directory, shown
from tests.people import Person

KEPT = static_dir() / "js/safety/crisis-lines.js"
DIRECTORY = read_directory(KEPT)


async def test_anyone_reads_the_lines_of_a_country_with_their_source_and_day(nobody: Person) -> None:
    answer = await nobody.get("/api/crisis-lines", params={"country": "US"})

    assert answer.status_code == 200
    told = answer.json()
    assert told["items"][0] == {
        "country": "US", "kind": "crisis", "name": "988 Suicide & Crisis Lifeline", "call": "988",
        "text": {"to": "988", "word": ""}, "chat": "988lifeline.org", "emergency": "911",
        "source": "988lifeline.org", "reviewed_on": None, "stale_after": None, "stale": True,
    }  # fmt: skip
    assert {item["country"] for item in told["items"]} == {"US"}
    assert [item["kind"] for item in told["items"]] == ["crisis", "crisis", "domestic_violence", "poison"]
    assert [(each["country"], each["call"]) for each in told["emergency"]] == [("US", "911")]


async def test_without_a_country_there_are_all_and_in_an_unknown_one_where_to_look(nobody: Person) -> None:
    everything = (await nobody.get("/api/crisis-lines")).json()
    unknown = (await nobody.get("/api/crisis-lines", params={"country": "aq"})).json()

    assert len(everything["items"]) == len(DIRECTORY.lines)
    assert unknown == {"items": [], "emergency": [], "elsewhere": "findahelpline.com", "next": None}


@pytest.mark.parametrize("country", ["", "USA", "1a", "é1"])
async def test_what_is_no_country_is_refused(nobody: Person, country: str) -> None:
    answer = await nobody.get("/api/crisis-lines", params={"country": country})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/country"


def test_half_a_year_after_its_review_and_without_one_a_line_says_that_it_is_stale() -> None:
    reviewed = msgspec.structs.replace(DIRECTORY.lines[0], reviewed_on=date(2026, 1, 5), stale_after=date(2026, 7, 5))
    directory = Directory(DIRECTORY.elsewhere, DIRECTORY.emergency, (reviewed, DIRECTORY.lines[1]))

    fresh, later = (shown(directory, "US", day).items for day in (date(2026, 7, 5), date(2026, 7, 6)))

    assert [item.stale for item in fresh] == [False, True]
    assert [item.stale for item in later] == [True, True]


def test_every_number_can_be_reached_and_has_its_source_and_no_day_that_nobody_checked_it_on() -> None:
    assert len(DIRECTORY.lines) > 10
    assert all(line.call or line.text or line.chat for line in DIRECTORY.lines)
    for each in [*DIRECTORY.lines, *DIRECTORY.emergency.values()]:
        assert each.source
        if each.reviewed_on and each.stale_after:
            assert timedelta(0) < each.stale_after - each.reviewed_on <= timedelta(days=184)
        else:
            assert each.reviewed_on is each.stale_after is None


@pytest.mark.parametrize(
    ("before", "after"),
    [('"call": "911"', '"ring": "911"'), ("} = {", "} = ["), ('"elsewhere"', "elsewhere"), ('"US": {', '"XX": {')],
)
def test_a_directory_with_a_fault_is_not_started_with(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "lines.js").write_text(KEPT.read_text("utf-8").replace(before, after), "utf-8")

    with pytest.raises(BadDirectory):
        read_directory(tmp_path / "lines.js")
