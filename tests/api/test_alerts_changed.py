"""An answer that is corrected after it was told: the alert stands as it was, and says that it has changed."""

from typing import Any

import pytest

from tests.api.test_summary_files import paper
from tests.api.told import PHQ_9, alerts, answer, ask
from tests.people import Clock, Person, Share


async def correct(patient: Person, record: dict[str, Any], value: int | None) -> None:
    change = patient.change("response", record["id"], record["revision"], **PHQ_9, answers={"9": value})
    (result,) = (await patient.sync(change))["results"]
    assert result["outcome"] in ("stored", "merged"), result


@pytest.mark.parametrize("value", [0, 2, None])
async def test_it_is_said_that_an_answer_was_changed_since_and_not_to_what(
    patient: Person, therapist: Person, open_share: Share, clock: Clock, value: int | None
) -> None:
    kept = await answer(patient, 3)
    told = await alerts(therapist)
    clock.move(minutes=2)
    await correct(patient, kept, value)

    (now,) = await alerts(therapist)
    (in_summary,) = (await therapist.get(open_share.summary_url)).json()["alerts"]
    on_paper = await paper(therapist, f"{open_share.summary_url}.pdf")

    assert told[0]["changed"] is False
    assert "It has been changed since." in on_paper
    assert now == in_summary == told[0] | {"changed": True}
    assert (await alerts(patient))[0]["changed"]


async def test_whoever_changes_it_back_or_changes_something_else_has_changed_no_answer_that_was_told(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    kept = await answer(patient, 3)
    changed = []
    for number, answers in enumerate(({"1": 0}, {"9": 1}, {"9": 3}), 1):
        clock.move(minutes=number)
        await patient.sync(patient.change("response", kept["id"], kept["revision"], **PHQ_9, answers=answers))
        changed += [[each["changed"] for each in await alerts(therapist)][-1]]

    assert changed == [False, True, False]


async def test_so_is_an_answer_before_that_was_told_with_it(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    before = await answer(patient, 1)
    clock.move(hours=1)
    await therapist.sign_in()
    await patient.sign_in()
    await answer(patient, 3)
    await correct(patient, before, 0)

    rise, first = await alerts(therapist)

    assert (rise["value"], rise["before"], rise["changed"]) == (3, 1, True)
    assert (first["value"], first["before"], first["changed"]) == (1, None, True)


async def test_what_was_deleted_or_only_asked_for_says_nothing_of_a_change(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    kept = await answer(patient, 3)
    asked = await ask(patient)
    await correct(patient, kept, 1)
    deleted = patient.change("response", kept["id"], kept["revision"] + 2) | {"delete": True}
    await patient.sync({name: value for name, value in deleted.items() if name != "patch"})
    await patient.sync(patient.change("help_request", asked["id"], asked["revision"], choice="not_now"))

    found = await alerts(therapist)

    assert {(each["taken_back"], each["changed"]) for each in found} == {(True, False), (False, False)}
