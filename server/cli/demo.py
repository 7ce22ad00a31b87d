"""`python -m server demo`: serves a made-up story from a folder of its own, never from a real installation's data."""

import argparse
import asyncio
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pyotp

from server.accounts import service as accounts
from server.app import opened
from server.base.bodies import struct_of
from server.base.clock import system_clock
from server.base.ids import uuid7
from server.base.log import start_log
from server.base.settings import Settings, read_settings
from server.base.web import Period
from server.cli.serve import REFUSALS, Taken, only_one, serve
from server.cli.story import ASKED, DAYS, MARA, TOMAS, ZONE, Person, changes, second_thoughts
from server.cli.surroundings import surroundings
from server.database import service as database
from server.measures import service as measures
from server.reading_hours import service as reading_hours
from server.records import service as records
from server.reminders import service as reminders
from server.sharing import service as sharing

PASSWORD = "a quiet harbour at night"  # noqa: S105 - of people who do not exist, on this machine only
DAY_START = datetime.min.time().replace(hour=4)


class Story(msgspec.Struct):
    """What somebody needs to look around: the sign-ins, and the therapist's second factor."""

    patient: str
    second_patient: str
    therapist: str
    password: str
    totp_secret: str


def main(arguments: list[str]) -> int:
    """0 after a graceful stop; 1 with one line where it could not start."""
    parser = argparse.ArgumentParser("python -m server demo", description="Serves a made-up story, kept in data/demo.")
    parser.add_argument("--make-only", action="store_true", help="make the story, print the sign-ins, and end")
    asked = parser.parse_args(arguments)
    try:
        settings = demo_settings(read_settings())
        start_log()
        story = _story(settings)
        _tell(settings, story)
        return 0 if asked.make_only else serve(settings)
    except (Taken, *REFUSALS) as refusal:
        print(f"interlude: {refusal}", file=sys.stderr)
        return 1


def demo_settings(settings: Settings) -> Settings:
    """The same address, with data of the demo's own: always SQLite, always its own keys."""
    folder = settings.data_dir / "demo"
    return replace(
        settings,
        data_dir=folder,
        database_url=f"sqlite:///{folder}/database/interlude.db",
        workers=1,
        master_key=None,
        smtp_url=None,
    )


def _story(settings: Settings) -> Story:
    """The story of this folder; made on the first start, and again where making it was cut short."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = settings.data_dir / "story.json"
    if told.exists():
        return msgspec.json.decode(told.read_bytes(), type=Story)
    print("Making the demo's ten weeks, once …", flush=True)
    held = only_one(settings)
    try:
        for leftover in ("database", "keyring", "keys"):
            _remove(settings.data_dir / leftover)
        asyncio.run(database.migrate(settings))
        story = asyncio.run(_make(settings))
        partial = told.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(story))
        partial.replace(told)
    finally:
        held.close()
    return story


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()


async def _make(settings: Settings) -> Story:
    """Makes the people and what they wrote, each at its own time, through the same verbs that the routes call."""
    now = system_clock()
    began = now - timedelta(days=DAYS + 2)
    async with opened(settings):
        mara = await _join("M. K.", "patient", "mara@demo.example", began)
        tomas = await _join("T. Brandt", "patient", "tomas@demo.example", began)
        ines = await _join("Dr. Ines Vogt", "therapist", "ines@demo.example", began)
        enrolment = await accounts.enrol(ines, "ines@demo.example", began, began)
        await accounts.confirm(ines, enrolment.id, pyotp.TOTP(enrolment.secret).at(began), began)
        hours = {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00", "zone": ZONE}
        await reading_hours.keep_hours(ines, struct_of(hours, reading_hours.ReadingHours), began)
        for patient_id, person, seed in ((mara, MARA, 23), (tomas, TOMAS, 7)):
            consent_id = await _share(patient_id, ines, began, now)
            await _write(patient_id, person, seed, now)
            await sharing.view(ines, consent_id, Period(None, None), now - timedelta(days=7))
        await _write_apart(mara, now)
        for patient_id in (mara, tomas):
            await _push(patient_id, surroundings(patient_id, now), now)
        reminder = {"local_time": "20:30", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": ZONE}
        await reminders.put(mara, uuid7(), struct_of(reminder, reminders.ReminderBody), DAY_START, now)
    return Story("mara@demo.example", "tomas@demo.example", "ines@demo.example", PASSWORD, enrolment.secret)


async def _join(name: str, role: str, mail: str, at: datetime) -> str:
    body = {"email": mail, "password": PASSWORD, "role": role, "name": name, "zone": ZONE, "adult": True}
    return (await accounts.register(struct_of(body, accounts.NewAccount), None, False, at)).id


async def _share(patient_id: str, therapist_id: str, at: datetime, now: datetime) -> str:
    """A consent given at the first meeting, for half a year."""
    body = {
        "as": "therapist",
        "scopes": ["scales", "sessions", "measures", "notes"],
        "expires_at": (now + timedelta(days=90)).isoformat(),
    }
    given = await sharing.give(patient_id, ZONE, DAY_START, struct_of(body, sharing.NewConsent), at)
    return (await sharing.accept(therapist_id, str(given.invitation), at)).id


async def _write(patient_id: str, person: Person, seed: int, now: datetime) -> None:
    asked = [(name, minute) for each, minute in ASKED if (name := measures.in_place_of(each))]
    for received_at, batch in changes(person, seed, now, asked):
        await _push(patient_id, batch, received_at)


async def _write_apart(patient_id: str, now: datetime) -> None:
    """Two devices that changed the latest note without knowing of each other."""
    latest = (await records.page(patient_id, "check_in", Period(None, None), 20, None)).items
    noted = next(record for item in latest if "note" in (record := msgspec.json.decode(item))["values"])
    for change in second_thoughts(noted, now - timedelta(hours=2)):
        await _push(patient_id, [change], now)


async def _push(patient_id: str, batch: list[dict[str, object]], at: datetime) -> None:
    sync, each = records.parsed({"changes": batch})
    answer = await records.push_changes(patient_id, DAY_START, sync, each, at)
    if refused := [result for result in answer.results if result.outcome == "refused"]:
        raise AssertionError(f"the story holds what the journal refuses: {refused}")


def _tell(settings: Settings, story: Story) -> None:
    code = pyotp.TOTP(story.totp_secret).at(system_clock())
    lines = (
        "",
        f"  Interlude's demo: {settings.origin}",
        "  Nobody in it exists. Everything is on this machine, in " + os.path.relpath(settings.data_dir),
        "",
        f"  a patient, ten weeks, sessions that help       {story.patient}",
        f"  a patient for whom it gets harder              {story.second_patient}",
        f"  their therapist (the app asks for a code)      {story.therapist}",
        f"  the password of all three                      {story.password}",
        f"  the therapist's code, for the next half minute {code}",
        f"  the secret for an authenticator app            {story.totp_secret}",
        "",
    )
    print("\n".join(lines), flush=True)
