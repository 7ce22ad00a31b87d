"""What a reader can't find out by asking: whom else their patient meets, and when there was a dose."""

from typing import Any

import pytest
from prometheus_client import REGISTRY

from server.database import service as database
from server.sharing import people
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


async def test_the_list_says_no_more_of_a_dose_than_the_summary_does(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], clock: Clock
) -> None:
    told = await cast.share(patient, therapist, scopes=["scales", "notes", "sessions"])
    share = await cast.share(patient, therapist, scopes=["scales", "notes"])
    await patient.keep(mood=5)
    clock.move(days=2)
    await patient.keep("treatment_session", status="happened")
    clock.move(hours=5)

    listed = []
    for note in ({}, {"note": "hello", "audience": "both"}):
        await patient.keep(mood=9, **note)
        clock.move(minutes=2)
        await therapist.sign_in()
        rows = {row["consent_id"]: row for row in (await therapist.get("/api/shared")).json()}
        listed += [(rows[each.id]["last_entry_on"], rows[each.id]["new_since_you_looked"]) for each in (share, told)]

    assert listed == [("2026-11-23", 1), ("2026-11-25", 2), ("2026-11-25", 2), ("2026-11-25", 3)]
    summary = (await therapist.get(share.summary_url)).json()
    assert [(each["day"], each["mood"], each["entries"]) for each in summary["daily"]] == [
        ("2026-11-23", 5.0, 1), ("2026-11-25", None, 1),
    ]  # fmt: skip
    assert [each["day"] for each in summary["notes"]] == ["2026-11-25"]
    await former[0].sign_in()
    assert (await former[0].get("/api/shared")).json() == []


async def test_the_list_opens_of_a_long_diary_what_is_near_a_dose_alone(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["scales"])
    entries = [patient.change(mood=5, occurred_at=clock.wire(days=-days)) for days in range(20)]
    dose = patient.change("treatment_session", starts_at=clock.wire(days=-10, hours=-1), status="happened")
    await patient.sync(*entries, dose)

    before = opened()
    row = await row_of(therapist)

    assert (row["last_entry_on"], row["new_since_you_looked"]) == ("2026-11-23", 19)
    assert 0 < opened() - before < 10


def opened() -> float:
    """How many records were opened until now."""
    return REGISTRY.get_sample_value("interlude_sealed_read_records_total") or 0


async def test_a_share_that_is_withdrawn_while_the_list_is_read_is_not_in_it(
    patient: Person, therapist: Person, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = people._tell_of_list

    async def tell(*listed: Any) -> set[str]:
        assert (await patient.delete(f"/api/consents/{share.id}")).status_code == 204
        return await whole(*listed)

    monkeypatch.setattr(people, "_tell_of_list", tell)

    assert (await therapist.get("/api/shared")).json() == []
    events = (await patient.get("/api/audit")).json()["items"]
    assert events[0]["act"] == "consent_withdrawn"


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


async def test_a_role_that_went_to_another_reader_names_them_in_what_was_written_since(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], stranger: Person, clock: Clock
) -> None:
    await patient.keep("meeting", starts_at=clock.wire(days=2), **{"with": "therapist"})
    clock.move(minutes=5)
    await cast.share(patient, therapist, scopes=["scales"])

    before = (await row_of(therapist))["next_meeting"]
    clock.move(minutes=5)
    await patient.keep("meeting", starts_at=clock.wire(days=5), **{"with": "therapist"})

    assert before is None
    assert (await row_of(therapist))["next_meeting"] == clock.wire(days=5)
    assert (await former[0].get("/api/shared")).json() == []
    assert (await stranger.get("/api/shared")).status_code == 403


async def test_what_was_accepted_before_names_were_kept_is_met_by_the_name_of_the_first_look_alone(
    cast: Cast, patient: Person, therapist: Person, former: tuple[Person, Share], clock: Clock
) -> None:
    await cast.share(patient, therapist, scopes=["scales"])
    for days, who in ((3, "Dr. Ines Vogt"), (1, "Dr. Rival")):
        await patient.keep("meeting", starts_at=clock.wire(days=days), **{"with": who})
    await _forget_names()

    looks = []
    for name in ("Dr. Ines Vogt", "Dr. Rival"):
        assert (await therapist.patch("/api/account", json={"name": name})).status_code == 200
        looks.append((await row_of(therapist))["next_meeting"])

    assert looks == [clock.wire(days=3)] * 2
    assert await _names_in_plain() == 0
    assert (await former[0].get("/api/shared")).json() == []


@database.transaction
async def _forget_names() -> None:
    await database.execute("UPDATE consent SET reader_name = NULL")


@database.reading
async def _names_in_plain() -> int:
    row = await database.fetch_one("SELECT count(*) AS n FROM consent WHERE reader_name = ?1", b"Dr. Ines Vogt")
    return int(row["n"]) if row else -1
