"""Sync: what a phone sends is there, once, and merges with what other phones sent."""

from server.base.ids import uuid7
from tests.people import Clock, Person


async def test_an_entry_is_stored_and_comes_back(patient: Person) -> None:
    change = patient.change(mood=6, note="The tide went out.")

    answer = await patient.sync(change)

    record = answer["results"][0]["record"]
    assert answer["results"][0]["outcome"] == "stored"
    assert record["values"] == change["patch"]
    assert record["alternatives"] == {}
    assert record["revision"] == answer["revision"] == 1
    assert answer["records"] == [record]
    assert answer["more"] is False


async def test_a_repeated_change_counts_once(patient: Person) -> None:
    change = patient.change(mood=6)
    first = await patient.sync(change)

    again = await patient.sync(change, since=first["revision"])

    assert again["results"] == [{"id": change["id"], "outcome": "replayed", "record": first["results"][0]["record"]}]
    assert again["records"] == []
    assert again["revision"] == first["revision"]


async def test_a_repeat_shows_the_record_as_it_is_now(patient: Person) -> None:
    change = patient.change(mood=6)
    record = (await patient.sync(change))["results"][0]["record"]
    await patient.sync(patient.change(record_id=record["id"], base=1, mood=2))

    again = await patient.sync({**change, "patch": {"mood": 9}})

    assert again["results"][0]["outcome"] == "replayed"
    assert again["results"][0]["record"]["values"]["mood"] == 2


async def test_a_stale_phone_never_overwrites_another_field(patient: Person) -> None:
    record = await patient.keep(mood=6, anxiety=3)
    await patient.sync(patient.change(record_id=record["id"], base=1, anxiety=8))

    result = (await patient.sync(patient.change(record_id=record["id"], base=1, mood=2)))["results"][0]

    assert result["outcome"] == "merged"
    assert (result["record"]["values"]["mood"], result["record"]["values"]["anxiety"]) == (2, 8)


async def test_a_number_changed_twice_takes_the_later_edit(patient: Person, clock: Clock) -> None:
    record = await patient.keep(mood=6)
    late = patient.change(record_id=record["id"], base=1, mood=2)
    late["edited_at"] = clock.wire(hours=1)
    await patient.sync(late)

    result = (await patient.sync(patient.change(record_id=record["id"], base=1, mood=9)))["results"][0]

    assert result["outcome"] == "merged"
    assert result["record"]["values"]["mood"] == 2


async def test_a_text_changed_twice_keeps_both_until_one_is_saved(patient: Person, clock: Clock) -> None:
    record = await patient.keep(note="first")
    await patient.sync(patient.change(record_id=record["id"], base=1, note="from the phone"))
    later = patient.change(record_id=record["id"], base=1, note="from the tablet")
    later["edited_at"] = clock.wire(minutes=1)

    merged = (await patient.sync(later))["results"][0]["record"]
    saved = await patient.sync(patient.change(record_id=record["id"], base=merged["revision"], note="both"))

    assert merged["values"]["note"] == "from the tablet"
    assert merged["alternatives"] == {"note": ["from the phone"]}
    assert saved["results"][0]["record"]["values"]["note"] == "both"
    assert saved["results"][0]["record"]["alternatives"] == {}


async def test_a_deletion_never_swallows_an_unseen_edit(patient: Person) -> None:
    record = await patient.keep(note="first")
    await patient.sync(patient.change(record_id=record["id"], base=1, note="an edit the other phone has not seen"))

    result = (await patient.sync(_deletion(patient, record["id"], base=1)))["results"][0]

    assert result["outcome"] == "merged"
    assert result["record"]["deleted"] is False
    assert result["record"]["values"]["note"] == "an edit the other phone has not seen"


async def test_an_unseen_edit_brings_a_deleted_record_back(patient: Person) -> None:
    record = await patient.keep(note="first", mood=3)
    gone = (await patient.sync(_deletion(patient, record["id"], base=1)))["results"][0]["record"]

    result = (await patient.sync(patient.change(record_id=record["id"], base=1, mood=4)))["results"][0]

    assert (gone["deleted"], gone["values"], gone["alternatives"]) == (True, {}, {})
    assert result["outcome"] == "merged"
    assert result["record"]["values"]["note"] == "first"


async def test_an_edit_that_had_seen_the_deletion_restores(patient: Person) -> None:
    record = await patient.keep(note="first")
    gone = (await patient.sync(_deletion(patient, record["id"], base=1)))["results"][0]["record"]

    back = (await patient.sync(patient.change(record_id=record["id"], base=gone["revision"], mood=5)))["results"][0]

    assert back["outcome"] == "stored"
    assert back["record"]["values"]["note"] == "first"
    assert back["record"]["values"]["mood"] == 5


async def test_a_note_and_its_audience_changed_apart_end_private(patient: Person) -> None:
    record = await patient.keep(note="harmless")
    await patient.sync(patient.change(record_id=record["id"], base=1, note="not for anybody"))

    shared = (await patient.sync(patient.change(record_id=record["id"], base=1, audience="therapist")))["results"][0]

    assert shared["record"]["values"]["audience"] == "me"


async def test_side_effects_merge_key_by_key(patient: Person) -> None:
    record = await patient.keep(side_effects={"nausea": "mild"})
    await patient.sync(patient.change(record_id=record["id"], base=1, side_effects={"headache": "moderate"}))

    result = (
        await patient.sync(
            patient.change(record_id=record["id"], base=1, side_effects={"nausea": None, "other": "mild"})
        )
    )["results"][0]

    assert result["record"]["values"]["side_effects"] == {"headache": "moderate", "other": "mild"}


async def test_one_refused_change_does_not_stop_the_batch(patient: Person) -> None:
    bad = patient.change(mood=11, anxiety="a lot", unheard_of=1)

    answer = await patient.sync(patient.change(mood=5), bad, patient.change(mood=7))

    assert [result["outcome"] for result in answer["results"]] == ["stored", "refused", "stored"]
    pointers = {error["pointer"] for error in answer["results"][1]["errors"]}
    assert pointers == {"/patch/mood", "/patch/anxiety", "/patch/unheard_of"}
    assert len(answer["records"]) == 2


async def test_a_refused_change_is_not_remembered(patient: Person) -> None:
    bad = patient.change(mood=11)
    await patient.sync(bad)

    mended = await patient.sync({**bad, "patch": {**bad["patch"], "mood": 10}})

    assert mended["results"][0]["outcome"] == "stored"


async def test_a_phone_pulls_in_steps_until_there_is_no_more(patient: Person) -> None:
    await patient.sync(*(patient.change(mood=number % 11) for number in range(25)))
    seen: list[str] = []
    since, more = 0, True

    while more:
        answer = await patient.sync(since=since, limit=10)
        seen += [record["id"] for record in answer["records"]]
        since, more = answer["revision"], answer["more"]

    assert len(seen) == len(set(seen)) == 25
    assert since == 25


async def test_another_history_is_told(patient: Person) -> None:
    answer = await patient.post("/api/sync", json={"history": uuid7()})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/history-changed"


async def test_earlier_versions_stay_readable_to_their_owner_alone(patient: Person, stranger: Person) -> None:
    record = await patient.keep(note="first")
    await patient.sync(patient.change(record_id=record["id"], base=1, note="second"))

    mine = await patient.get(f"/api/records/{record['id']}/history")
    theirs = await stranger.get(f"/api/records/{record['id']}/history")

    assert [item["values"]["note"] for item in mine.json()["items"]] == ["second", "first"]
    assert theirs.status_code == 404


async def test_a_stranger_with_the_same_record_id_has_a_record_of_their_own(patient: Person, stranger: Person) -> None:
    record = await patient.keep(note="mine")

    theirs = (await stranger.sync(stranger.change(record_id=record["id"], note="theirs")))["results"][0]
    edit = (await stranger.sync(stranger.change(record_id=uuid7(), base=1, note="x")))["results"][0]

    assert theirs["outcome"] == "stored"
    assert edit["outcome"] == "refused"
    assert (await patient.sync())["records"][0]["values"]["note"] == "mine"


def _deletion(person: Person, record_id: str, base: int) -> dict[str, object]:
    change = person.change(record_id=record_id, base=base)
    return {name: value for name, value in change.items() if name != "patch"} | {"delete": True}
