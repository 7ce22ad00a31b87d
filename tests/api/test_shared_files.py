"""A shared summary as a file: in the language, by the clock and of the days of whoever may read it."""

from tests.api.test_summary_files import paper
from tests.people import Cast, Person


async def test_a_reader_gets_it_in_their_own_language(cast: Cast, patient: Person, therapist: Person) -> None:
    await patient.keep(mood=4)
    consent = (await cast.share(patient, therapist, scopes=["scales"])).id
    await therapist.patch("/api/account", json={"language": "es"})

    told = await paper(therapist, f"/api/shared/{consent}/summary.pdf")

    assert "Las tres escalas" in told
    assert "The three scales" in await paper(patient)


async def test_a_reader_is_told_times_by_their_own_clock(cast: Cast, patient: Person, therapist: Person) -> None:
    await patient.keep("treatment_session", starts_at="2026-11-20T02:30:00.000Z")
    consent = (await cast.share(patient, therapist, scopes=["scales", "sessions"])).id
    path = f"/api/shared/{consent}/summary.pdf"

    here = await paper(therapist, path)
    await therapist.patch("/api/account", json={"zone": "America/New_York"})
    there = await paper(therapist, path)

    assert "Sessions: 20 Nov." in here
    assert "Sessions: 19 Nov." in there


async def test_a_reader_of_some_days_is_told_that_the_first_need_not_be_the_first_of_all(
    cast: Cast, patient: Person, therapist: Person
) -> None:
    await patient.keep(mood=4)
    for first in ({}, {"from": "2026-11-20"}):
        await cast.share(patient, therapist, scopes=["scales", "sessions"], **first)

    rows = {row["from"]: row["consent_id"] for row in (await therapist.get("/api/shared")).json()}
    told = {first: await paper(therapist, f"/api/shared/{id_}/summary.pdf") for first, id_ in rows.items()}

    assert "Shared from 20 November 2026 on: nothing before it is counted" in told["2026-11-20"]
    assert "Shared from" not in told[None]
    assert "Shared from" not in await paper(patient)
