"""Until when a summary reaches that nobody named an end of, for somebody who is ahead of their account's zone."""

from typing import Any

import pytest

from tests.people import Cast, Clock, Person

TODAY, TOMORROW = "2026-11-23", "2026-11-24"
ABROAD = {"zone": "Pacific/Auckland"}


async def summary(person: Person, url: str = "/api/summary", **query: str) -> dict[str, Any]:
    answer = await person.get(url, params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def end(person: Person, url: str = "/api/summary") -> str:
    told: str = (await summary(person, url))["period"]["to"]
    return told


async def test_what_a_traveller_writes_today_is_in_every_summary_of_now(
    patient: Person, therapist: Person, cast: Cast
) -> None:
    share = await cast.share(patient, therapist, scopes=["scales", "sessions"])
    await patient.keep("treatment_session", **ABROAD)
    await patient.keep(mood=6, **ABROAD)

    seen = [await summary(patient), await summary(patient, **{"from": "2026-11-01"})]
    seen += [await summary(therapist, share.summary_url)]
    seen += [await summary(patient, f"/api/consents/{share.id}/preview")]
    bundle = (await patient.get("/api/summary.fhir.json")).text
    (row,) = (await patient.get("/api/check-ins.csv")).text.splitlines()[1:]

    for each in seen:
        assert (each["period"]["to"], each["check_ins"]["count"], len(each["sessions"])) == (TOMORROW, 1, 1)
    assert '"resourceType":"Procedure"' in bundle
    assert TOMORROW in row
    assert (await summary(patient, to=TODAY))["check_ins"]["count"] == 0


async def test_so_is_a_dose_alone_and_a_day_later_it_is_an_ordinary_day(patient: Person, clock: Clock) -> None:
    await patient.keep("treatment_session", **ABROAD)

    assert (await end(patient), len((await summary(patient))["sessions"])) == (TOMORROW, 1)
    clock.move(days=1)
    assert (await end(patient), len((await summary(patient))["sessions"])) == (TOMORROW, 1)


async def test_what_is_still_to_come_or_planned_moves_no_end(patient: Person, clock: Clock) -> None:
    await patient.keep(mood=6, occurred_at=clock.wire(hours=11))
    await patient.keep("treatment_session", starts_at=clock.wire(hours=11))
    await patient.keep("treatment_session", **ABROAD, status="planned")

    assert await end(patient) == TODAY


@pytest.mark.parametrize(
    ("scopes", "last"),
    [
        (["scales"], TODAY),  # it was near a dose, which is closed
        (["scales", "sessions"], TOMORROW),
        (["sessions"], TOMORROW),
        (["notes"], TODAY),  # the note is for nobody
        (["side_effects"], TODAY),  # none was felt
        (["measures", "watch", "alerts"], TODAY),
    ],
)
async def test_a_readers_end_turns_on_what_is_shown_to_them(
    patient: Person, therapist: Person, cast: Cast, clock: Clock, scopes: list[str], last: str
) -> None:
    share = await cast.share(patient, therapist, scopes=scopes)
    await patient.keep("treatment_session", **ABROAD)
    clock.move(minutes=30)
    await patient.keep(mood=6, note="mine", side_effects={"nausea": "none"}, **ABROAD)
    await therapist.sign_in()

    assert await end(therapist, share.summary_url) == last


async def test_a_consent_that_ends_today_opens_nothing_of_tomorrow(
    patient: Person, therapist: Person, cast: Cast
) -> None:
    share = await cast.share(patient, therapist, scopes=["scales", "sessions"], to=TODAY)
    await patient.keep(mood=6, **ABROAD)

    told = await summary(therapist, share.summary_url)

    assert (told["period"]["to"], told["check_ins"]["count"]) == (TODAY, 0)
