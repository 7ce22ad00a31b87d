"""Consents: when one can be given, narrowed, withdrawn; what is refused, and to whom there is none."""

import asyncio

import pytest

from server.base.ids import uuid7
from server.database import service as database
from tests.people import Cast, Clock, Person, Share


async def test_after_a_session_giving_waits_and_withdrawing_does_not(
    patient: Person, therapist: Person, share: Share, clock: Clock, cast: Cast
) -> None:
    secret = await cast.invitation(patient)
    await patient.keep("treatment_session", route="iv")
    clock.move(hours=2)
    await therapist.sign_in()

    giving = await patient.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]})
    accepting = await therapist.post("/api/consents/acceptance", json={"secret": secret})
    narrowing = await patient.patch(f"/api/consents/{share.id}", json={"scopes": ["scales"]})
    withdrawing = await patient.delete(f"/api/consents/{share.id}")
    clock.move(hours=4.1)
    await patient.prove()
    later = await patient.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]})

    assert giving.status_code == accepting.status_code == 409
    assert giving.json()["type"] == "/problems/after-session"
    assert giving.headers["Retry-After"] == str(4 * 3600)
    assert accepting.headers["Retry-After"] == str(6 * 3600)  # a therapist is not told when the dose was
    assert narrowing.status_code == 200
    assert withdrawing.status_code == 204
    assert later.status_code == 201


@pytest.mark.parametrize("is_planned", [False, True])
async def test_a_dose_noted_by_a_phone_whose_clock_is_fast_is_waited_for_as_well(
    patient: Person, clock: Clock, is_planned: bool
) -> None:
    plan = await patient.keep("treatment_session", status="planned") if is_planned else {"id": uuid7(), "revision": 0}
    clock.move(days=1)
    begun = {"starts_at": clock.wire(minutes=90), "zone": "Europe/Berlin", "status": "happened"}
    await patient.sync(patient.change("treatment_session", plan["id"], plan["revision"], **begun))

    async def giving() -> int:
        await patient.sign_in()
        await patient.prove()
        return (await patient.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]})).status_code

    answers = [await giving(), (await patient.erase()).status_code]
    for hours in (1, 4.9):
        clock.move(hours=hours)
        answers += [await giving()]
    clock.move(hours=1.7)

    assert answers == [409] * 4
    assert await giving() == 201


async def test_a_consent_can_be_narrowed_and_never_widened(patient: Person, share: Share, clock: Clock) -> None:
    url = f"/api/consents/{share.id}"

    narrowed = await patient.patch(url, json={"scopes": ["scales"], "from": "2026-11-20"})
    widened = await patient.patch(
        url, json={"scopes": ["scales", "alerts"], "from": "2026-01-01", "expires_at": clock.wire(days=200)}
    )

    assert narrowed.json()["scopes"] == ["scales"]
    assert widened.status_code == 422
    assert {error["pointer"] for error in widened.json()["errors"]} == {"/scopes", "/from", "/expires_at"}


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"from": "2026-11-21"}, "/from"),
        ({"to": "2026-10-31"}, "/to"),
        ({"from": "2026-11-12", "to": "2026-11-11"}, "/from"),
    ],
)
async def test_a_consent_is_not_narrowed_to_days_that_end_before_they_begin(
    patient: Person, cast: Cast, therapist: Person, patch: dict[str, str], pointer: str
) -> None:
    share = await cast.share(patient, therapist, **{"from": "2026-11-01", "to": "2026-11-20"})
    url = f"/api/consents/{share.id}"

    refused = await patient.patch(url, json=patch)

    assert (refused.status_code, [each["pointer"] for each in refused.json()["errors"]]) == (422, [pointer])
    assert (await patient.patch(url, json={"from": "2026-11-20"})).status_code == 200


async def test_of_two_narrowings_at_once_neither_undoes_the_other(
    patient: Person, therapist: Person, former: tuple[Person, Share]
) -> None:
    scopes, answers = {"as": "therapist", "scopes": ["scales", "notes", "alerts"]}, []
    await patient.keep(note="not any more", audience="therapist")
    await patient.prove()
    for _ in range(12):
        given = (await patient.post("/api/consents", json=scopes)).json()
        url = f"/api/consents/{given['id']}"
        fewer, more = (patient.patch(url, json={"scopes": each}) for each in (["scales"], ["scales", "notes"]))
        answers += [(await asyncio.gather(fewer, more))[0].status_code]
    await therapist.post("/api/consents/acceptance", json={"secret": given["invitation"].rsplit("/", 1)[1]})

    left = [each["scopes"] for each in (await patient.get("/api/consents")).json() if each["status"] != "withdrawn"]
    summary = await therapist.get(f"/api/shared/{given['id']}/summary")

    assert (answers, left) == ([200] * 12, [["scales"]] * 12)
    assert (summary.status_code, "notes" in summary.json()) == (200, False)
    assert (await former[0].get(f"/api/shared/{given['id']}/summary")).status_code == 404


async def test_another_patients_consent_does_not_exist(stranger: Person, share: Share) -> None:
    url = f"/api/consents/{share.id}"

    answers = [
        await stranger.get(f"{url}/preview"),
        await stranger.patch(url, json={"scopes": ["scales"]}),
        await stranger.put(f"{url}/notes/{uuid7()}"),
        await stranger.delete(url),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


@pytest.mark.parametrize(
    ("fault", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"as": "friend"}, "/as"),
        ({"from": "2026-02-31"}, "/from"),
        ({"from": "2026-03-01", "to": "2026-02-01"}, "/from"),
        ({"from": "9999-12-31"}, "/from"),
        ({"to": "0001-01-01"}, "/to"),
        ({"notes_from": "9999-12-31"}, "/notes_from"),
        ({"expires_at": "2020-01-01T00:00:00.000Z"}, "/expires_at"),
        ({"expires_at": "2090-01-01T00:00:00.000Z"}, "/expires_at"),
        ({"surprise": 1}, "/surprise"),
    ],
)
async def test_a_faulty_consent_names_its_fault(patient: Person, fault: dict[str, object], pointer: str) -> None:
    answer = await patient.post("/api/consents", json={"as": "therapist", "scopes": ["scales"]} | fault)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await patient.get("/api/consents")).json() == []


async def test_days_that_no_calendar_can_count_from_are_refused_and_harmless_where_they_stand(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person
) -> None:
    share = await cast.share(patient, therapist, scopes=["scales", "notes", "alerts"], quiet_after_days=1)
    url = f"/api/consents/{share.id}"
    await patient.keep(mood=4)
    narrowed = await patient.patch(url, json={"from": "9999-12-31"})

    for first, last in (("9999-12-31", None), (None, "0001-01-01"), ("0001-01-01", "9999-12-31")):
        await _given(share, first, last)
        for person, asked in (
            (patient, "/api/consents"), (patient, f"{url}/preview"), (therapist, "/api/shared"),
            (therapist, share.summary_url), (therapist, "/api/alerts"),
        ):  # fmt: skip
            assert (await person.get(asked)).status_code == 200
        for person in (former[0], stranger):
            assert (await person.get(share.summary_url)).status_code in (403, 404)

    assert (narrowed.status_code, [each["pointer"] for each in narrowed.json()["errors"]]) == (422, ["/from"])


@database.transaction
async def _given(share: Share, first: str | None, last: str | None) -> None:
    sql = "UPDATE consent SET first_day = ?1, last_day = ?2 WHERE id = ?3"
    await database.execute(sql, first, last, share.id)
