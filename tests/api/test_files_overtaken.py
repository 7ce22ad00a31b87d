"""A file takes a moment to be made: who may still have it then, and how many are made at once."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from server.base.errors import TooMany, Unavailable
from server.export import making
from server.export import service as export
from tests.people import Cast, Person


@pytest.mark.parametrize("path", ["/api/summary.pdf", "/api/summary.fhir.json"])
async def test_a_sign_out_overtakes_a_file_that_is_being_made(
    patient: Person, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    await patient.keep(mood=4)
    made = export.made

    async def signed_out_meanwhile(account_id: str, make: Callable[[], bytes]) -> bytes:
        body = await made(account_id, make)
        assert (await patient.delete("/api/sign-ins/current")).status_code == 204
        return body

    monkeypatch.setattr(export, "made", signed_out_meanwhile)

    answer = await patient.get(path)

    assert answer.status_code == 401
    await patient.sign_in()
    assert "summary_exported" not in [each["act"] for each in (await patient.get("/api/audit")).json()["items"]]


async def test_a_withdrawal_overtakes_a_file_that_is_being_made(
    cast: Cast, patient: Person, therapist: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await patient.keep(mood=4)
    consent = (await cast.share(patient, therapist, scopes=["scales"])).id
    made = export.made

    async def withdrawn_meanwhile(account_id: str, make: Callable[[], bytes]) -> bytes:
        body = await made(account_id, make)
        assert (await patient.delete(f"/api/consents/{consent}")).status_code == 204
        return body

    monkeypatch.setattr(export, "made", withdrawn_meanwhile)

    answer = await therapist.get(f"/api/shared/{consent}/summary.pdf")

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/consent-withdrawn")


async def test_one_file_is_made_at_a_time_for_an_account_and_others_wait_in_a_short_line(
    patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    first = asyncio.create_task(making.made("one", lambda: b"one" if go_on.wait(20) else b""))
    await asyncio.sleep(0)

    with pytest.raises(TooMany):
        await making.made("one", lambda: b"again")
    monkeypatch.setattr(making, "MOST_WAITING", 2)
    second = asyncio.create_task(making.made("two", lambda: b"two"))
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await making.made("three", lambda: b"three")
    go_on.set()

    assert [await first, await second, await making.made("one", lambda: b"again")] == [b"one", b"two", b"again"]
