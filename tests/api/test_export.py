"""What a person takes away: their check-ins as a table, with the figures of their summary."""

import csv
from collections import defaultdict
from io import StringIO
from typing import Any

import pytest

from server.database import service as database
from server.export.table import cell
from server.summaries import service as summaries
from tests.people import Clock, Person

PATH = "/api/check-ins.csv"
SCALES = ("mood", "anxiety", "dissociation")


async def table(person: Person, **query: str) -> list[dict[str, str]]:
    answer = await person.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == 'attachment; filename="check-ins.csv"'
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(StringIO(answer.text, newline="")))


async def test_the_table_makes_the_figures_of_the_summary(patient: Person) -> None:
    await patient.keep("treatment_session", starts_at="2026-11-10T09:00:00.000Z")
    written: list[tuple[int, int, dict[str, Any]]] = [
        (9, 20, {"mood": 3, "anxiety": 7}), (10, 9, {"mood": 9}), (11, 9, {"mood": 8, "dissociation": 5}),
        (11, 10, {"mood": 5, "dissociation": 1}), (11, 20, {"mood": 6}), (12, 1, {"mood": 2}), (13, 8, {}),
    ]  # fmt: skip
    for day, hour, values in written:
        await patient.keep(occurred_at=f"2026-11-{day:02}T{hour:02}:00:00.000Z", **values)

    rows = await table(patient)

    summary = (await patient.get("/api/summary", params={"from": "2026-11-01", "to": "2026-11-23"})).json()
    days = defaultdict[str, list[dict[str, str]]](list)
    for row in rows:
        days[row["day"]].append(row)
    assert list(days) == [day["day"] for day in summary["daily"]]
    for told in summary["daily"]:
        own = days[told["day"]]
        away = [row for row in own if row["within_24h"] == "no"]
        assert [len(own), len(own) - len(away)] == [told["entries"], told["within_24h"]]
        assert sum(row["remembered_later"] == "yes" for row in own) == told["remembered_later"]
        for scale in SCALES:
            given = [int(row[scale]) for row in away if row[scale]]
            assert (round(sum(given) / len(given), 3) if given else None) == told[scale]
    assert len(rows) == summary["check_ins"]["count"]


async def test_every_answer_is_in_its_cell_oldest_first_and_only_those_of_the_days(patient: Person) -> None:
    told: dict[str, Any] = {
        "mood": 0, "dissociation": 7, "dissociation_kinds": ["numb", "flashback"], "in_danger": False,
        "side_effects": {"nausea": "mild"}, "own": {"pain": 4, "panic": 0}, "note": "One, two;\n\"three\"",
    }  # fmt: skip
    await patient.keep(occurred_at="2026-11-20T09:00:00.000Z", **told)
    await patient.keep(occurred_at="2026-11-18T09:00:00.000Z")
    await patient.keep(occurred_at="2026-11-02T09:00:00.000Z")

    bare, row = await table(patient, **{"from": "2026-11-10"})

    assert (bare["day"], bare["mood"], bare["note"], bare["nausea"]) == ("2026-11-18", "", "", "")
    assert (row["mood"], row["dissociation_kinds"], row["in_danger"]) == ("0", "numb flashback", "no")
    assert (row["nausea"], row["own"], row["note"]) == ("mild", "pain: 4; panic: 0", told["note"])


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\u00a0=1", "\ufeff=1", "\uff1d1", "\uff0b1", "\u200b-1",
     "\u200b \u200b=1", " \ufeff \u200b=1", "\u200e=1", "\u00ad=1"],
)  # fmt: skip
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell({text: 1}) == f"'{text}: 1"
    assert cell(f"a{text}") == f"a{text}"


async def test_taking_it_away_needs_a_fresh_proof_and_is_written_down(patient: Person, clock: Clock) -> None:
    await patient.keep(mood=4)
    await table(patient)
    clock.move(minutes=6)

    refused = await patient.get(PATH)

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/step-up-needed")
    acts = [event["act"] for event in (await patient.get("/api/audit")).json()["items"]]
    assert acts.count("check_ins_exported") == 1


async def test_nobody_waits_to_write_while_a_table_is_made(patient: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[str] = []
    near_a_dose = summaries.near_a_dose

    async def looking(*asked: Any) -> Any:
        mode = "PRAGMA query_only" if database.is_sqlite() else "SHOW transaction_read_only"
        held.extend(str(value) for row in await database.fetch(mode) for value in dict(row).values())
        return await near_a_dose(*asked)

    monkeypatch.setattr(summaries, "near_a_dose", looking)
    await patient.keep(mood=4)

    rows = await table(patient)

    assert len(rows) == 1
    assert held in (["1"], ["on"])
