"""Reading alerts: a page at a time, and each real look written where the patient reads it, once."""

from tests.api.told import alerts, answer, ask
from tests.people import Cast, Clock, Person, Share


async def test_a_page_that_asks_again_and_again_is_one_look_until_something_new_stands_there(
    patient: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    async def looks() -> int:
        events = (await patient.get("/api/audit")).json()["items"]
        return [each["act"] for each in events].count("alerts_viewed")

    await alerts(therapist)
    nothing = await looks()
    await answer(patient, 1)
    counts = []
    for minutes in (1, 1, 25, 34):
        clock.move(minutes=minutes)
        if minutes > 1:
            await therapist.sign_in()
        await alerts(therapist)
        counts.append(await looks())
    await answer(patient, 2)
    clock.move(minutes=1)
    await alerts(therapist)

    assert (nothing, counts, await looks()) == (0, [1, 1, 1, 2], 3)


async def test_alerts_are_read_a_page_at_a_time_by_either_side_and_only_what_was_shown_is_a_look(
    cast: Cast, patient: Person, stranger: Person, therapist: Person, open_share: Share, clock: Clock
) -> None:
    await cast.share(stranger, therapist, scopes=["alerts"])
    await ask(stranger)
    for minutes in (1, 0, 2, 0):
        clock.move(minutes=minutes)
        await ask(patient)
    whole = [each["id"] for each in await alerts(therapist)]

    for person, expected in ((therapist, whole), (patient, [each["id"] for each in await alerts(patient)])):
        pages, cursor = [], ""
        while cursor is not None:
            page = (await person.get(f"/api/alerts?limit=3{cursor and '&cursor='}{cursor}")).json()
            pages.append([each["id"] for each in page["items"]])
            cursor = page["next"]
        assert [each for page in pages for each in page] == expected
        assert max(map(len, pages)) == 3

    clock.move(hours=2)
    await therapist.sign_in()
    await therapist.get("/api/alerts?limit=1")
    shown = [
        next(each["at"] for each in (await person.get("/api/audit")).json()["items"] if each["act"] == "alerts_viewed")
        for person in (patient, stranger)
    ]
    assert shown[0] == clock.wire() > shown[1]
    assert (await therapist.get("/api/alerts?cursor=x")).status_code == 422
    assert (await patient.get("/api/alerts?limit=501")).status_code == 422
