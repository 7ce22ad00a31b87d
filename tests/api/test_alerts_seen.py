"""What becomes of an alert: seen and closed where the patient reads it, said to be unseen, closed to everybody else."""

import pytest

from server.base.ids import uuid7
from server.sharing import service as sharing
from tests.api.told import alerts, answer, ask
from tests.installation import rows_of
from tests.people import Cast, Clock, Person, Share


async def test_a_first_answer_reaches_the_therapist_and_is_seen_and_closed_before_the_patients_eyes(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    felt = clock.wire(hours=-9)
    await answer(patient, 1, completed_at=felt)

    (theirs,), mine = await alerts(therapist), await alerts(patient)
    listed = (await therapist.get("/api/shared")).json()[0]
    clock.move(hours=1)
    await therapist.sign_in()
    url = f"/api/alerts/{theirs['id']}"
    early = await therapist.post(f"{url}/closed", json={})
    seen = await therapist.post(f"{url}/seen", json={"reply": "will_call", "call_by": clock.wire(hours=2)})
    closed = await therapist.post(f"{url}/closed", json={})
    too_late = await therapist.post(f"{url}/seen", json={"reply": "read"})
    after = (await alerts(patient))[0]

    assert mine == [theirs]
    assert (theirs["trigger"], theirs["reason"], theirs["value"], theirs["before"]) == ("item_9", "first", 1, None)
    assert (theirs["occurred_at"], theirs["raised_at"], theirs["late"]) == (felt, clock.wire(hours=-1), True)
    assert theirs["due_at"] == "2026-11-24T16:00:00.000Z"
    assert listed["open_alerts"] == 1
    assert (early.status_code, early.json()["type"]) == (409, "/problems/alert-not-seen")
    assert seen.status_code == closed.status_code == 200
    assert (too_late.status_code, too_late.json()["type"]) == (409, "/problems/alert-closed")
    assert (after["seen_by"], after["seen_at"], after["closed_at"]) == ("Dr. Ines Vogt", clock.wire(), clock.wire())
    assert (after["reply"], after["call_by"]) == ("will_call", clock.wire(hours=2))
    assert (await therapist.get("/api/shared")).json()[0]["open_alerts"] == 0


@pytest.mark.parametrize("end", ["withdrawn", "narrowed", "expired", "left"])
async def test_where_the_consent_has_ended_its_reader_has_no_alert_any_more(
    patient: Person, therapist: Person, open_share: Share, clock: Clock, end: str
) -> None:
    await answer(patient, 1)
    (told,) = await alerts(therapist)
    if end == "withdrawn":
        await patient.delete(f"/api/consents/{open_share.id}")
    elif end == "narrowed":
        await patient.patch(
            f"/api/consents/{open_share.id}", json={"scopes": ["alerts"], "expires_at": clock.wire(hours=1)}
        )
        clock.move(hours=2)
    elif end == "left":
        await therapist.delete(f"/api/shared/{open_share.id}")
    else:
        clock.move(days=90)
    clock.move(minutes=1)
    await therapist.sign_in()
    await patient.sign_in()

    seen = await therapist.post(f"/api/alerts/{told['id']}/seen", json={})
    closed = await therapist.post(f"/api/alerts/{told['id']}/closed", json={})
    clock.move(days=7)

    assert seen.status_code == closed.status_code == 404
    await sharing.say_unseen(clock())
    await patient.sign_in()
    # Where the patient closed it they know; where it ended otherwise they are told that nobody saw it.
    assert bool((await alerts(patient))[0]["unseen_at"]) == (end != "withdrawn")


async def test_strangers_and_whoever_is_not_signed_in_get_nothing(
    cast: Cast, patient: Person, stranger: Person, nobody: Person, open_share: Share
) -> None:
    other = await cast.join("therapist", "Nora Anders")
    await answer(patient, 1)
    alert_id = (await alerts(patient))[0]["id"]

    assert await alerts(stranger) == await alerts(other) == []
    assert (await nobody.get("/api/alerts")).status_code == 401
    assert (await other.post(f"/api/alerts/{alert_id}/seen", json={})).status_code == 404
    assert (await other.post(f"/api/alerts/{uuid7()}/seen", json={})).status_code == 404
    assert (await patient.post(f"/api/alerts/{alert_id}/seen", json={})).status_code == 403


@pytest.mark.parametrize("body", [{"reply": "will_call"}, {"call_by": "2026-11-24T10:00:00Z"}, {"reply": "get well"}])
async def test_only_the_fixed_replies_are_taken(
    patient: Person, therapist: Person, open_share: Share, body: dict[str, str]
) -> None:
    await answer(patient, 1)
    url = f"/api/alerts/{(await alerts(therapist))[0]['id']}/seen"

    assert (await therapist.post(url, json=body)).status_code == 422
    assert (await alerts(patient))[0]["seen_at"] is None


async def test_each_look_and_act_is_in_the_patients_audit(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    await answer(patient, 1)
    (told,) = await alerts(therapist)
    await therapist.post(f"/api/alerts/{told['id']}/seen", json={})
    await therapist.post(f"/api/alerts/{told['id']}/closed", json={})

    events = (await patient.get("/api/audit")).json()["items"]

    acts = [(each["act"], each["actor"]) for each in reversed(events) if each["act"].startswith("alert")]
    name = "Dr. Ines Vogt"
    assert acts == [("alert_raised", "me"), *((f"alert{act}", name) for act in ("s_viewed", "_seen", "_closed"))]


async def test_what_nobody_saw_within_the_hours_is_said_once_and_what_was_seen_is_not(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await answer(patient, 1)
    await ask(patient)
    seen = next(each for each in await alerts(therapist) if each["reason"] == "asked")
    await therapist.post(f"/api/alerts/{seen['id']}/seen", json={})

    clock.move(hours=20, minutes=59)  # Tuesday 16:59 in Berlin; they read until 17:00
    assert await sharing.say_unseen(clock()) == 0
    clock.move(minutes=1)
    assert [await sharing.say_unseen(clock()) for _ in range(2)] == [1, 0]

    await therapist.sign_in()
    found = {each["reason"]: each for each in await alerts(patient)}
    assert (found["first"]["unseen_at"], found["asked"]["unseen_at"]) == (clock.wire(), None)
    events = [each for each in (await patient.get("/api/audit")).json()["items"] if each["act"] == "alert_unseen"]
    assert [each["actor"] for each in events] == ["Dr. Ines Vogt"]
    assert (await therapist.post(f"/api/alerts/{found['first']['id']}/seen", json={})).status_code == 200


async def test_what_it_is_about_and_the_reply_are_sealed_and_erased_with_the_person(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    await answer(patient, 1)
    (told,) = await alerts(therapist)
    await therapist.post(f"/api/alerts/{told['id']}/seen", json={"reply": "call_clinic"})

    (row,) = await rows_of("SELECT * FROM alert")
    erased = await patient.erase()

    open_columns = {name for name, value in row.items() if not isinstance(value, bytes)}
    assert open_columns == {
        "id",
        "patient_id",
        "consent_id",
        "raised_at",
        "due_at",
        "unseen_at",
        "backup_told_at",
        "seen_at",
        "closed_at",
    }
    assert not any(
        word in bytes(row["sealed"]) + bytes(row["reply"]) for word in (b"item_9", b"first", b"clinic", b"Vogt")
    )
    assert erased.status_code == 204
    assert await rows_of("SELECT id FROM alert") == []
    assert (await therapist.get("/api/alerts")).json()["items"] == []


async def test_a_therapist_who_leaves_for_good_stays_named_where_the_patient_reads(
    patient: Person, therapist: Person, open_share: Share
) -> None:
    await answer(patient, 1)
    (told,) = await alerts(therapist)
    await therapist.post(f"/api/alerts/{told['id']}/seen", json={})
    assert (await therapist.erase()).status_code == 204

    await answer(patient, 3)

    assert [each["seen_by"] for each in await alerts(patient)] == ["Dr. Ines Vogt"]


async def test_a_question_put_to_a_therapist_is_settled_on_every_device(
    cast: Cast, patient: Person, therapist: Person, clock: Clock
) -> None:
    share = await cast.share(patient, therapist, scopes=["questions"])
    put, kept = [
        await patient.keep("question", text="About sleep", audience=audience)
        for audience in ("therapist", "prescriber")
    ]
    clock.move(minutes=5)
    url = f"/api/shared/{share.id}/questions"

    answers = [
        (await therapist.post(f"{url}/{each}/settled")).status_code
        for each in (put["id"], put["id"], kept["id"], uuid7())
    ]

    (changed,) = (await patient.sync(since=kept["revision"]))["records"]
    assert answers == [204, 204, 404, 404]
    assert (changed["id"], changed["values"]["settled_at"], changed["values"]["text"]) == (
        put["id"],
        clock.wire(),
        "About sleep",
    )
    acts = [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]
    assert acts.count("question_settled") == 1
