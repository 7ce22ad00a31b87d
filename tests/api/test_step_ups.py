"""Proving again who one is: to give or widen a share and to change a factor, never to withdraw or to narrow."""

from typing import Any

import pytest

from tests.people import PASSWORD, Cast, Clock, Person, Share

GIVEN = {"as": "therapist", "scopes": ["scales"]}
NEEDED = (403, "/problems/step-up-needed")


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("type", "") if answer.content else ""


async def test_a_share_is_given_by_who_proved_it_within_five_minutes(patient: Person, clock: Clock) -> None:
    clock.move(minutes=4, seconds=59)
    at_first = await patient.post("/api/consents", json=GIVEN)
    clock.move(seconds=1)
    later = await patient.post("/api/consents", json=GIVEN)
    malformed = await patient.post("/api/consents", json={"as": "nobody"})
    proved = await patient.post("/api/step-ups", json={"password": PASSWORD})
    again = await patient.post("/api/consents", json=GIVEN)
    clock.move(minutes=5)
    late = await patient.post("/api/consents", json=GIVEN)

    assert (at_first.status_code, proved.status_code, again.status_code) == (201, 204, 201)
    assert told(later) == told(malformed) == told(late) == NEEDED
    assert len((await patient.get("/api/consents")).json()) == 2


async def test_withdrawing_and_narrowing_never_ask_and_opening_an_older_note_does(
    patient: Person, share: Share, clock: Clock
) -> None:
    note = await patient.keep(note="from before", audience="therapist", occurred_at=clock.wire(days=-3))
    clock.move(days=2)
    url = f"/api/consents/{share.id}"

    opened = await patient.put(f"{url}/notes/{note['id']}")
    narrowed = await patient.patch(url, json={"scopes": ["scales"]})
    withdrawn = await patient.delete(url)

    assert told(opened) == NEEDED
    assert (narrowed.status_code, withdrawn.status_code) == (200, 204)


async def test_a_proof_counts_on_the_device_that_gave_it_alone(cast: Cast, patient: Person, clock: Clock) -> None:
    other = await cast.nobody()
    other.email = patient.email
    await other.sign_in()
    clock.move(minutes=6)

    await patient.prove()

    assert told(await other.post("/api/consents", json=GIVEN)) == NEEDED
    assert (await patient.post("/api/consents", json=GIVEN)).status_code == 201


@pytest.mark.parametrize(("minutes_ahead", "status"), [(4, 201), (6, 403)])
async def test_a_proof_of_a_clock_that_was_ahead_is_none(
    patient: Person, clock: Clock, minutes_ahead: int, status: int
) -> None:
    clock.move(minutes=minutes_ahead)
    await patient.prove()
    clock.move(minutes=-minutes_ahead)

    assert (await patient.post("/api/consents", json=GIVEN)).status_code == status


async def test_a_code_is_a_proof_once_and_a_wrong_one_beside_a_right_password_is_none(
    patient: Person, clock: Clock
) -> None:
    await patient.enrol()
    clock.move(minutes=6)
    code = patient.code()

    wrong = [
        await patient.post("/api/step-ups", json=body)
        for body in ({"password": "not it"}, {"code": "000000"}, {"password": PASSWORD, "code": "000000"})
    ]
    empty = [await patient.post("/api/step-ups", json=body) for body in ({}, {"password": ""}, {"code": None})]
    still = await patient.post("/api/consents", json=GIVEN)
    right = [await patient.post("/api/step-ups", json={"code": code}) for _ in range(2)]

    assert {told(each) for each in wrong} == {(401, "/problems/wrong-credentials")}
    assert {each.status_code for each in empty} == {422}
    assert told(still) == NEEDED
    assert [each.status_code for each in right] == [204, 401]
    assert (await patient.post("/api/consents", json=GIVEN)).status_code == 201


async def test_a_proof_is_among_what_its_person_did(patient: Person) -> None:
    await patient.prove()

    assert (await patient.get("/api/audit")).json()["items"][0]["act"] == "stepped_up"
