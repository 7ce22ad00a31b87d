"""What a reader can't find out by asking: whom else their patient meets, and when there was a dose."""

from typing import Any

from server.database import service as database
from tests.people import Cast, Clock, Person, Share


async def row_of(reader: Person) -> dict[str, Any]:
    """The one row of a reader's list."""
    row: dict[str, Any]
    (row,) = (await reader.get("/api/shared")).json()
    return row


async def test_a_name_that_its_reader_took_later_opens_no_meeting(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["scales"])
    await patient.keep("meeting", starts_at=clock.wire(days=9), **{"with": "Dr. Rival"})

    for reader in (therapist, former[0]):
        assert (await reader.patch("/api/account", json={"name": "dr. rival"})).status_code == 200
    probed = (await row_of(therapist))["next_meeting"]
    await patient.keep("meeting", starts_at=clock.wire(days=12), **{"with": "dr. ines vogt"})

    assert probed is None
    assert (await row_of(therapist))["next_meeting"] == clock.wire(days=12)
    assert (await former[0].get("/api/shared")).json() == []
    assert (await stranger.get("/api/shared")).status_code == 403
    assert await _names_in_plain() == 0


async def test_a_role_that_two_readers_hold_names_neither(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["scales"])
    await patient.keep("meeting", starts_at=clock.wire(days=2), **{"with": "therapist"})
    alone = (await row_of(therapist))["next_meeting"]

    other = await cast.join("therapist", "Dr. Ada Lind")
    await other.enrol()
    await other.put("/api/reading-hours", json=(await therapist.get("/api/reading-hours")).json())
    await cast.share(patient, other, scopes=["scales"])
    both = [(await row_of(each))["next_meeting"] for each in (therapist, other)]
    await patient.keep("meeting", starts_at=clock.wire(days=5), **{"with": share.id})

    assert alone == clock.wire(days=2)
    assert both == [None, None]
    assert [(await row_of(each))["next_meeting"] for each in (therapist, other)] == [clock.wire(days=5), None]


@database.reading
async def _names_in_plain() -> int:
    row = await database.fetch_one("SELECT count(*) AS n FROM consent WHERE reader_name = ?1", b"Dr. Ines Vogt")
    return int(row["n"]) if row else -1
