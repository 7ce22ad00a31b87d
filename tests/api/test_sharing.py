"""Sharing: a consent opens what it says to whom it says, a look is written down, and withdrawal closes at once."""

import pytest

from tests.people import Cast, Clock, Person, Share

HOURS = {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00", "zone": "Europe/Berlin"}


async def test_a_consent_opens_the_summary_to_the_therapist_it_names(therapist: Person, share: Share) -> None:
    answer = await therapist.get(share.summary_url)

    assert answer.status_code == 200
    assert answer.json()["check_ins"]["count"] == 1


async def test_a_withdrawn_consent_closes_at_once(patient: Person, therapist: Person, share: Share) -> None:
    assert (await therapist.get(share.summary_url)).status_code == 200

    await patient.delete(f"/api/consents/{share.id}")
    answer = await therapist.get(share.summary_url)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/consent-withdrawn"
    assert (await therapist.get("/api/shared")).json() == []


async def test_an_expired_consent_says_so(therapist: Person, share: Share, clock: Clock) -> None:
    clock.move(days=91)
    await therapist.sign_in()

    answer = await therapist.get(share.summary_url)

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/consent-expired"


async def test_to_anybody_else_there_is_no_such_consent(cast: Cast, share: Share) -> None:
    other = await cast.join("therapist", "Nora Anders")

    answer = await other.get(share.summary_url)

    assert answer.status_code == 404


async def test_every_look_is_written_where_the_patient_reads_it(
    patient: Person, therapist: Person, share: Share
) -> None:
    await therapist.get(share.summary_url)
    await therapist.get(share.summary_url)

    events = (await patient.get("/api/audit")).json()["items"]
    consent = (await patient.get("/api/consents")).json()[0]

    looks = [event for event in events if event["act"] == "summary_viewed"]
    assert len(looks) == consent["views"] == 2
    assert looks[0]["actor"] == "Dr. Ines Vogt"
    assert looks[0]["details"]["consent_id"] == share.id
    assert consent["last_viewed_at"] == looks[0]["at"]


async def test_without_an_audit_row_there_is_no_data(
    patient: Person, therapist: Person, share: Share, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*arguments: object) -> None:
        raise RuntimeError("the audit cannot be written")

    monkeypatch.setattr("server.audit.service._append", fail)
    answer = await therapist.get(share.summary_url)
    monkeypatch.undo()

    assert answer.status_code == 500
    assert "check_ins" not in answer.text
    assert (await patient.get("/api/consents")).json()[0]["views"] == 0


async def test_private_notes_and_earlier_notes_stay_closed(
    patient: Person, therapist: Person, share: Share, clock: Clock
) -> None:
    await patient.keep(note="only mine")
    await patient.keep(note="for the therapist", audience="therapist", bring=True)
    await patient.keep(note="for the prescriber", audience="prescriber")
    await patient.keep(note="for both", audience="both")
    await patient.keep(note="before the consent", audience="therapist", occurred_at=clock.wire(days=-3))

    notes = (await therapist.get(share.summary_url)).json()["notes"]

    assert {note["text"] for note in notes} == {"for the therapist", "for both"}


async def test_an_older_note_is_opened_by_itself(
    patient: Person, therapist: Person, share: Share, clock: Clock
) -> None:
    old = await patient.keep(note="before the consent", audience="therapist", occurred_at=clock.wire(days=-3))

    opened = await patient.put(f"/api/consents/{share.id}/notes/{old['id']}")

    notes = (await therapist.get(share.summary_url)).json()["notes"]
    assert opened.status_code == 204
    assert [note["text"] for note in notes] == ["before the consent"]


async def test_a_section_out_of_scope_is_absent(patient: Person, therapist: Person, cast: Cast) -> None:
    await patient.keep(mood=4, note="words", audience="therapist")
    share = await cast.share(patient, therapist, scopes=["notes"])

    summary = (await therapist.get(share.summary_url)).json()

    assert summary.keys() == {"period", "notes"}


async def test_the_preview_is_exactly_what_the_other_side_gets(
    patient: Person, therapist: Person, share: Share
) -> None:
    await patient.keep(mood=3, anxiety=8, note="for you", audience="therapist")

    mine = (await patient.get(f"/api/consents/{share.id}/preview")).json()
    theirs = (await therapist.get(share.summary_url)).json()

    assert mine == theirs
    assert (await patient.get("/api/consents")).json()[0]["views"] == 1


async def test_an_invitation_works_once(patient: Person, therapist: Person, cast: Cast) -> None:
    secret = await cast.invitation(patient)
    first = await therapist.post("/api/consents/acceptance", json={"secret": secret})

    again = await therapist.post("/api/consents/acceptance", json={"secret": secret})
    wrong = await therapist.post("/api/consents/acceptance", json={"secret": "nothing like it"})

    assert first.status_code == 200
    assert again.status_code == wrong.status_code == 404


async def test_a_withdrawn_invitation_cannot_be_accepted(patient: Person, therapist: Person, cast: Cast) -> None:
    secret = await cast.invitation(patient)
    consent = (await patient.get("/api/consents")).json()[0]
    await patient.delete(f"/api/consents/{consent['id']}")

    answer = await therapist.post("/api/consents/acceptance", json={"secret": secret})

    assert answer.status_code == 404


async def test_a_therapist_needs_a_second_factor_and_then_reading_hours(patient: Person, cast: Cast) -> None:
    newcomer = await cast.join("therapist", "Jan Neu")
    secret = await cast.invitation(patient)

    without_factor = await newcomer.post("/api/consents/acceptance", json={"secret": secret})
    await newcomer.enrol()
    without_hours = await newcomer.post("/api/consents/acceptance", json={"secret": secret})
    await newcomer.put("/api/reading-hours", json=HOURS)
    accepted = await newcomer.post("/api/consents/acceptance", json={"secret": secret})

    assert without_factor.json()["type"] == "/problems/second-factor-needed"
    assert without_hours.json()["type"] == "/problems/reading-hours-needed"
    assert accepted.status_code == 200


async def test_a_therapist_can_leave(patient: Person, therapist: Person, share: Share) -> None:
    left = await therapist.delete(f"/api/shared/{share.id}")

    events = (await patient.get("/api/audit")).json()["items"]
    assert left.status_code == 204
    assert (await patient.get("/api/consents")).json()[0]["status"] == "withdrawn"
    assert events[0]["act"] == "consent_left"


async def test_the_list_says_what_is_new_since_the_last_look(
    patient: Person, therapist: Person, share: Share, clock: Clock
) -> None:
    before = (await therapist.get("/api/shared")).json()[0]
    await therapist.get(share.summary_url)
    clock.move(minutes=5)
    await patient.keep(mood=2)

    after = (await therapist.get("/api/shared")).json()[0]

    assert (before["new_since_you_looked"], after["new_since_you_looked"]) == (1, 1)
    assert after["patient"] == {"name": "Mara Kindler"}
    assert after["last_entry_on"] == "2026-11-23"
    assert "open_alerts" not in after


async def test_the_list_counts_questionnaires_where_the_consent_opens_them(
    patient: Person, therapist: Person, cast: Cast
) -> None:
    for scopes in (["measures"], ["sessions"]):
        await cast.share(patient, therapist, scopes=scopes)
    await patient.keep("response", instrument="phq-9", instrument_version="1", answers={"1": 1})

    rows = (await therapist.get("/api/shared")).json()

    assert {row["scopes"][0]: row["new_since_you_looked"] for row in rows} == {"measures": 1, "sessions": 0}
    assert all(row["last_entry_on"] is None for row in rows)


async def test_the_list_says_when_they_meet_next_and_what_was_asked_of_this_reader(
    patient: Person, therapist: Person, cast: Cast, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["questions"])
    await cast.share(patient, therapist, scopes=["scales"], to="2026-11-23")
    for days, who in ((-1, share.id), (9, share.id), (2, " dr. ines vogt "), (1, "the prescriber"), (1, None)):
        await patient.keep("meeting", starts_at=clock.wire(days=days), **{"with": who})
    for audience in ("me", "therapist", "prescriber", "both"):
        await patient.keep("question", text=f"to {audience}", audience=audience)
    await patient.keep("question", text="talked about", audience="therapist", settled_at=clock.wire())

    rows = (await therapist.get("/api/shared")).json()

    assert [(row["next_meeting"], row["questions"]) for row in rows] == [
        (clock.wire(days=2), ["to therapist", "to both"]), (None, []),
    ]  # fmt: skip


async def test_who_is_met_next_stands_first_whatever_else_there_is(
    patient: Person, therapist: Person, cast: Cast, clock: Clock
) -> None:
    later, sooner, alerted = [await cast.join("patient", name) for name in ("Later", "Sooner", "Alerted")]
    for person, days in ((patient, None), (later, 5), (sooner, 2), (alerted, None)):
        await cast.share(person, therapist, scopes=["scales", "measures", "alerts"])
        if days:
            await person.keep("meeting", starts_at=clock.wire(days=days), **{"with": "therapist"})
        else:
            await person.keep(mood=4)
    answers = {str(number): 1 for number in range(1, 10)}
    await alerted.keep("response", instrument="phq-9", instrument_version="1", answers=answers)

    names = [row["patient"]["name"] for row in (await therapist.get("/api/shared")).json()]

    assert names[:2] == ["Sooner", "Later"]
    assert set(names[2:]) == {"Alerted", "Mara Kindler"}


async def test_a_therapist_who_erases_the_account_gives_every_share_back(
    patient: Person, therapist: Person, share: Share
) -> None:
    answer = await therapist.erase()

    consent = (await patient.get("/api/consents")).json()[0]
    assert answer.status_code == 204
    assert (consent["status"], consent["therapist_name"]) == ("withdrawn", None)
