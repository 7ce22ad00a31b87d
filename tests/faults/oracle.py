"""Random accesses by a small crowd, and an oracle that knows beforehand who may see and do what."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from server.base.clock import wire_instant
from server.base.ids import uuid7
from tests.people import Clock, Person

PATIENTS = 4  # the first of the people; the others are therapists
_NEVER = 0  # expected of an answer whose status is right and whose content is not
DAILY = {"local_time": "20:30", "weekdays": [1, 2, 3], "zone": "Europe/Berlin"}


@dataclass
class Given:
    """A consent as the oracle knows it."""

    owner: Person
    secret: str
    expires_at: datetime
    shows_notes: bool
    reader: Person | None = None
    is_withdrawn: bool = False


@dataclass
class Oracle:
    """Who has what. It is told what succeeded, and says beforehand what must be answered."""

    clock: Clock
    people: list[Person]
    chance: random.Random
    owner_of: dict[str, Person] = field(default_factory=dict)  # records, reminders and subscriptions by id
    consents: dict[str, Given] = field(default_factory=dict)

    def is_patient(self, person: Person) -> bool:
        return self.people.index(person) < PATIENTS

    def mark_of(self, person: Person) -> str:
        """What stands in everything that somebody writes, and nowhere else."""
        return f"mark-{self.people.index(person)}-of"

    def owned(self, kind: str, person: Person, id_: str, well: int) -> int:
        """The status of a patient's route to one thing of theirs."""
        if not self.is_patient(person):
            return 403
        return well if self.owner_of.get(f"{kind} {id_}") is person else 404

    def shared(self, person: Person, consent_id: str, well: int) -> int:
        """The status of a therapist's look through a consent."""
        consent = self.consents.get(consent_id)
        if self.is_patient(person):
            return 403
        if consent is None or consent.reader is not person:
            return 404
        return 403 if consent.is_withdrawn or self.clock() >= consent.expires_at else well

    def an_id(self, kind: str) -> str:
        """Anybody's, or nobody's."""
        ids = [name.partition(" ")[2] for name in self.owner_of if name.startswith(f"{kind} ")]
        return self.chance.choice([*ids, uuid7()])

    def may_see(self, person: Person, consent_id: str = "") -> set[str]:
        """Whose marks may stand in what `person` is answered."""
        if self.is_patient(person):
            return {self.mark_of(person)}
        consent = self.consents.get(consent_id)
        return {self.mark_of(consent.owner)} if consent and consent.shows_notes else set()


Access = Callable[[Oracle, Person], Awaitable[tuple[httpx.Response, int, str]]]  # answer, expected, consent


async def write(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    patch = {"occurred_at": oracle.clock.wire(), "zone": "Europe/Berlin", "note": oracle.mark_of(person)}
    change = {"id": uuid7(), "kind": "check_in", "record_id": uuid7(), "base_revision": 0}
    change |= {"edited_at": oracle.clock.wire(), "patch": patch | {"audience": "therapist"}}
    answer = await person.post("/api/sync", json={"changes": [change], "since": oracle.chance.choice([0, 2**40])})
    if answer.status_code == 200:
        oracle.owner_of[f"record {change['record_id']}"] = person
    return answer, 200 if oracle.is_patient(person) else 403, ""


async def overwrite(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    """An edit of anybody's record: what isn't one's own has no such revision."""
    record_id = oracle.an_id("record")
    patch = {"note": oracle.mark_of(person)}
    change = {"id": uuid7(), "kind": "check_in", "record_id": record_id, "base_revision": 1, "patch": patch}
    answer = await person.post("/api/sync", json={"changes": [change | {"edited_at": oracle.clock.wire()}]})
    is_own = oracle.owner_of.get(f"record {record_id}") is person
    if answer.status_code == 200 and not is_own and answer.json()["results"][0]["outcome"] != "refused":
        return answer, _NEVER, ""
    return answer, 200 if oracle.is_patient(person) else 403, ""


async def read_own(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    path = oracle.chance.choice(["check-ins", "treatment-sessions", "summary", "consents", "audit", "reminders", "due"])
    return await person.get(f"/api/{path}"), 200 if oracle.is_patient(person) else 403, ""


async def read_history(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = oracle.an_id("record")
    return await person.get(f"/api/records/{id_}/history"), oracle.owned("record", person, id_, 200), ""


async def keep_reminder(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = oracle.an_id("reminder")
    is_new = f"reminder {id_}" not in oracle.owner_of
    mine = sum(owner is person for name, owner in oracle.owner_of.items() if name.startswith("reminder "))
    expected = 200 if is_new and oracle.is_patient(person) else oracle.owned("reminder", person, id_, 200)
    if is_new and mine >= 20:
        id_, expected = uuid7(), 409 if oracle.is_patient(person) else 403
    elif not is_new and mine >= 20 and expected == 404:
        expected = 409
    answer = await person.put(f"/api/reminders/{id_}", json=DAILY | {"wording": oracle.mark_of(person)})
    if answer.status_code == 200:
        oracle.owner_of[f"reminder {id_}"] = person
    return answer, expected, ""


async def remove_reminder(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = oracle.an_id("reminder")
    expected = oracle.owned("reminder", person, id_, 204)
    answer = await person.delete(f"/api/reminders/{id_}")
    if answer.status_code == 204:
        oracle.owner_of.pop(f"reminder {id_}", None)
    return answer, expected, ""


async def give(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    ends = oracle.clock() + timedelta(hours=oracle.chance.randrange(1, 60))
    scopes = oracle.chance.choice([["scales"], ["scales", "notes"], ["sessions", "notes"]])
    body = {"as": "therapist", "scopes": scopes, "expires_at": wire_instant(ends)}
    answer = await person.post("/api/consents", json=body)
    if answer.status_code == 201:
        consent = answer.json()
        secret = consent["invitation"].rpartition("/")[2]
        oracle.consents[consent["id"]] = Given(person, secret, ends, "notes" in scopes)
    return answer, 201 if oracle.is_patient(person) else 403, ""


async def accept(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = _a_consent(oracle)
    consent = oracle.consents.get(id_)
    answer = await person.post("/api/consents/acceptance", json={"secret": consent.secret if consent else "none"})
    if oracle.is_patient(person):
        return answer, 403, ""
    is_open = consent and not consent.reader and not consent.is_withdrawn and oracle.clock() < consent.expires_at
    if consent and answer.status_code == 200:
        consent.reader = person
    return answer, 200 if is_open else 404, ""


async def look(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = _a_consent(oracle)
    return await person.get(f"/api/shared/{id_}/summary"), oracle.shared(person, id_, 200), id_


async def list_shared(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    answer = await person.get("/api/shared")
    if answer.status_code == 200:
        is_open = {id_ for id_ in oracle.consents if oracle.shared(person, id_, 200) == 200}
        if {row["consent_id"] for row in answer.json()} != is_open:
            return answer, _NEVER, ""
    return answer, 403 if oracle.is_patient(person) else 200, ""


async def preview(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = _a_consent(oracle)
    expected = _own_consent(oracle, person, id_, 200)
    return await person.get(f"/api/consents/{id_}/preview"), expected, ""


async def withdraw(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    id_ = _a_consent(oracle)
    expected = _own_consent(oracle, person, id_, 204)
    answer = await person.delete(f"/api/consents/{id_}")
    if answer.status_code == 204:
        oracle.consents[id_].is_withdrawn = True
    return answer, expected, ""


async def lock_down(oracle: Oracle, person: Person) -> tuple[httpx.Response, int, str]:
    answer = await person.post("/api/lockdowns")
    for consent in oracle.consents.values():
        consent.is_withdrawn |= consent.owner is person
    return answer, 204, ""


def _a_consent(oracle: Oracle) -> str:
    return oracle.chance.choice([*oracle.consents, uuid7()])


def _own_consent(oracle: Oracle, person: Person, consent_id: str, well: int) -> int:
    if not oracle.is_patient(person):
        return 403
    consent = oracle.consents.get(consent_id)
    return well if consent and consent.owner is person else 404


ACCESSES: tuple[Access, ...] = (
    write, overwrite, read_own, read_history, keep_reminder, remove_reminder, give, give, accept, accept, look, look,
    list_shared, preview, withdraw, lock_down,
)  # fmt: skip
