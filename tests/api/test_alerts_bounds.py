"""What an alert keeps to: days to come for a call, words that still ask, and the days of its consent."""

import asyncio
import json

import pytest

from server.database import service as database
from server.vault import service as vault
from tests.api.told import alerts, answer, ask
from tests.people import Cast, Clock, Person, Share


@pytest.mark.parametrize(
    "call_by",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1990-01-01T00:00:00Z", "2090-01-01T00:00:00Z"],
)
async def test_a_call_is_promised_for_the_days_to_come(
    patient: Person, therapist: Person, open_share: Share, call_by: str
) -> None:
    await answer(patient, 1)
    url = f"/api/alerts/{(await alerts(therapist))[0]['id']}/seen"

    refused = await therapist.post(url, json={"reply": "will_call", "call_by": call_by})

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/call_by"]
    assert (await alerts(patient))[0]["seen_at"] is None


async def test_words_that_were_taken_back_are_shown_to_nobody_else(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    asked = await ask(patient, message="please call me")
    (before,) = await alerts(therapist)
    taken_back = patient.change(
        "help_request", asked["id"], asked["revision"], choice="not_now", message="for nobody to see"
    )
    await patient.sync(taken_back)

    (after,) = await alerts(therapist)

    assert (before["message"], after["message"]) == ("please call me", None)


async def test_days_that_are_closed_close_the_answers_of_those_days(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await answer(patient, 2, completed_at=clock.wire(days=-3))
    await ask(patient)
    url = f"/api/alerts/{next(each['id'] for each in await alerts(therapist) if each['value'] == 2)}/seen"
    await patient.patch(f"/api/consents/{open_share.id}", json={"from": "2026-11-23"})

    left = await alerts(therapist)

    assert [each["reason"] for each in left] == ["asked"]
    assert (await therapist.get("/api/shared")).json()[0]["open_alerts"] == 1
    assert (await therapist.post(url, json={})).status_code == 404


async def test_a_rise_from_before_the_consents_days_tells_nothing_of_them(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await answer(patient, 1, completed_at=clock.wire(days=-20))
    await patient.patch(f"/api/consents/{open_share.id}", json={"from": "2026-11-23"})
    await answer(patient, 2)

    (told,) = await alerts(therapist)

    assert (told["reason"], told["before"], told["value"]) == ("two_or_more", None, 2)


async def test_an_answer_that_was_deleted_or_closed_is_not_told_with_the_one_after_it(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person,
    open_share: Share, clock: Clock,
) -> None:  # fmt: skip
    other = await cast.share(patient, therapist, scopes=["alerts"])
    first = await answer(patient, 1, completed_at=clock.wire(days=-3))
    await answer(patient, 2)
    before = {each["consent_id"]: each for each in await alerts(therapist) if each["value"] == 2}

    await patient.patch(f"/api/consents/{other.id}", json={"from": "2026-11-23"})
    narrowed = {each["consent_id"]: each for each in await alerts(therapist) if each["value"] == 2}
    change = patient.change("response", first["id"], first["revision"]) | {"delete": True}
    del change["patch"]
    await patient.sync(change)
    deleted = [each for each in await alerts(therapist) if each["value"] == 2]
    seen = (await therapist.post(f"/api/alerts/{deleted[0]['id']}/seen", json={})).json()

    assert [(each["before"], each["reason"]) for each in before.values()] == [(1, "rise")] * 2
    assert (narrowed[open_share.id]["before"], narrowed[other.id]["before"]) == (1, None)
    assert narrowed[other.id]["reason"] == "two_or_more"
    assert [(each["before"], each["reason"]) for each in [*deleted, seen]] == [(None, "two_or_more")] * 3
    assert await alerts(former[0]) == await alerts(stranger) == []


async def test_what_was_raised_before_it_said_where_the_answer_before_stands_says_the_same_still(
    patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, open_share: Share, clock: Clock
) -> None:
    kept = [await answer(patient, value, completed_at=clock.wire(days=days)) for days, value in ((-9, 1), (-6, 0))]
    last = await answer(patient, 1)
    (newest, _) = await alerts(therapist)
    await _as_once(patient.id, newest["id"])
    said = []
    for record in (None, kept[1], last):
        if record:
            change = patient.change("response", record["id"], record["revision"]) | {"delete": True}
            await patient.sync({name: value for name, value in change.items() if name != "patch"})
        told = (await alerts(therapist))[0]
        said.append((told["reason"], told["before"], told["value"], told["taken_back"]))

    assert said == [("rise", 0, 1, False), ("answered", None, 1, False), ("answered", None, None, True)]
    assert await alerts(former[0]) == await alerts(stranger) == []


async def test_a_question_that_its_person_changes_just_then_is_settled_all_the_same(
    cast: Cast, patient: Person, therapist: Person
) -> None:
    share = await cast.share(patient, therapist, scopes=["questions"])
    asked = await patient.keep("question", text="Is it holding?", audience="therapist")
    change = patient.change("question", asked["id"], asked["revision"], text="Is it fading?")
    path = f"/api/shared/{share.id}/questions/{asked['id']}/settled"

    answers = await asyncio.gather(patient.sync(change), *(therapist.post(path, json={}) for _ in range(8)))

    assert {answer.status_code for answer in answers[1:]} == {204}
    (kept,) = (await patient.sync())["records"]
    assert kept["values"]["text"] == "Is it fading?"
    assert kept["values"]["settled_at"]


async def test_a_question_is_settled_also_where_its_person_has_a_clock_ahead(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["questions"])
    asked = await patient.keep("question", text="Is it holding?", audience="therapist", settled_at=clock.wire())
    again = patient.change("question", asked["id"], asked["revision"], settled_at=None)
    await patient.sync(again | {"edited_at": clock.wire(hours=20)})

    settled = await therapist.post(f"/api/shared/{share.id}/questions/{asked['id']}/settled", json={})

    assert settled.status_code == 204
    (shown,) = (await patient.get("/api/summary")).json()["questions"]
    assert shown["settled_at"] == clock.wire()


async def test_a_closed_alert_belongs_to_the_day_of_its_patient_whenever_their_days_turn(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await patient.patch("/api/account", json={"day_starts_at": "00:00"})
    clock.move(hours=6)  # 02:00 on the 24th in Berlin
    await therapist.sign_in()
    await answer(patient, 1)
    url = f"/api/alerts/{(await alerts(therapist))[0]['id']}"
    for act in ("seen", "closed"):
        assert (await therapist.post(f"{url}/{act}", json={})).status_code == 200

    told = {
        day: [
            len((await person.get(f"{at}?from={day}&to={day}")).json()["alerts"])
            for person, at in ((patient, "/api/summary"), (therapist, open_share.summary_url))
        ]
        for day in ("2026-11-23", "2026-11-24")
    }

    assert told == {"2026-11-23": [0, 0], "2026-11-24": [1, 1]}


@database.transaction
async def _as_once(patient_id: str, alert_id: str) -> None:
    """Seals an alert's cause as it was before it had the id and the day of the answer before."""
    key = await vault.key_of(patient_id)
    row = await database.fetch_one("SELECT sealed FROM alert WHERE id = ?1", alert_id)
    assert row is not None
    cause = json.loads(key.open("alert", alert_id, 0, bytes(row["sealed"])))
    old = json.dumps({name: value for name, value in cause.items() if name not in ("before_id", "before_day")})
    sealed = key.seal("alert", alert_id, 0, old.encode())
    await database.execute("UPDATE alert SET sealed = ?1 WHERE id = ?2", sealed, alert_id)
