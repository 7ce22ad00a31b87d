"""Three phones as the contract describes them, and the air between them and a server: it loses, doubles and delays."""

from collections.abc import Generator, Iterable
from copy import deepcopy
from random import Random
from typing import Any
from uuid import UUID

HOUR = 3_600_000
START = 1_795_460_400_000  # milliseconds since 1970
SKEWS = [0, 0, -72 * HOUR, HOUR // 6, 23 * HOUR, 40 * HOUR, 9_000 * HOUR]
TEXTS = ("note", "keep", "reasons")
ANCHOR = {"occurred_at": "2026-11-23T19:00:00.000Z", "zone": "Europe/Berlin"}

Patch = dict[str, Any]
Body = dict[str, Any]


class Draft:
    """What a phone has typed and not yet sent. A base of None waits for the answer to the change before."""

    def __init__(self, base: int | None) -> None:
        self.base = base
        self.patch: Patch | None = {}
        self.edited_at = 0

    def fold(self, patch: Patch | None, edited_at: int) -> None:
        """Takes a further edit in; None deletes."""
        if patch is None or self.patch is None:
            self.patch = deepcopy(patch)
        else:
            for name, value in patch.items():
                held = self.patch.get(name)
                is_map = isinstance(held, dict) and isinstance(value, dict)
                self.patch[name] = {**held, **value} if is_map else deepcopy(value)
        self.edited_at = edited_at


class Phone:
    """One device: what it last heard of each record, what it typed, and what waits for an answer."""

    def __init__(self, random: Random, skew: int) -> None:
        self.random = random
        self.skew = skew
        self.since = 0
        self.copies: dict[str, Body] = {}
        self.drafts: dict[str, Draft] = {}
        self.unanswered: dict[str, Body] = {}

    @property
    def is_settled(self) -> bool:
        return not self.drafts and not self.unanswered

    def write(self, record_id: str, patch: Patch | None, now: int) -> None:
        """Types an edit (None: a deletion) on top of what the phone shows."""
        copy, draft = self.copies.get(record_id), self.drafts.get(record_id)
        is_new = copy is None and record_id not in self.unanswered
        if patch is None and (is_new or (copy is not None and copy["deleted"])):
            self.drafts.pop(record_id, None)
            return
        if draft is None:
            base = None if record_id in self.unanswered else copy["revision"] if copy else 0
            draft = self.drafts[record_id] = Draft(base)
            if is_new:
                draft.fold(ANCHOR, 0)
        draft.fold(patch, now + self.skew)

    def request(self, limit: int = 500) -> Body:
        """What the phone sends: at most one change a record, the unanswered ones again."""
        for record_id, draft in list(self.drafts.items()):
            if record_id not in self.unanswered:
                del self.drafts[record_id]
                what: Body = {"delete": True} if draft.patch is None else {"patch": draft.patch}
                self.unanswered[record_id] = {
                    "id": str(UUID(int=self.random.getrandbits(128))),
                    "kind": "check_in",
                    "record_id": record_id,
                    "base_revision": draft.base,
                    "edited_at": draft.edited_at,
                    **what,
                }
        changes = deepcopy(list(self.unanswered.values()))
        self.random.shuffle(changes)
        return {"since": self.since, "limit": limit, "changes": changes}

    def absorb(self, answer: Body) -> None:
        """Takes an answer in, however late it is."""
        for result in answer["results"]:
            record = result["record"]
            sent = self.unanswered.get(record["id"])
            if sent and sent["id"] == result["id"]:
                del self.unanswered[record["id"]]
                if draft := self.drafts.get(record["id"]):
                    draft.base = record["revision"]
            self._hear(record)
        for record in answer["records"]:
            self._hear(record)
        self.since = max(self.since, answer["revision"])

    def _hear(self, record: Body) -> None:
        held = self.copies.get(record["id"])
        if held is None or held["revision"] <= record["revision"]:
            self.copies[record["id"]] = record


class Air:
    """The phones, the time, and the requests that are still under way. What arrives is yielded, and sent its answer."""

    def __init__(self, random: Random, records: Iterable[str]) -> None:
        self.random = random
        self.records = list(records)
        self.now = START
        self.phones = [Phone(random, random.choice(SKEWS)) for _ in range(3)]
        self.late: list[tuple[Phone, Body]] = []

    def send(self, phone: Phone, fate: str, limit: int = 500) -> Generator[Body, Body, None]:
        """The phone sends: `well`, `lost`, `unanswered`, `doubled` or `late`."""
        request = phone.request(limit)
        if fate == "late":
            self.late.append((phone, request))
        elif fate != "lost":
            answer = yield request
            if fate == "doubled":
                yield request
            if fate != "unanswered":
                phone.absorb(answer)

    def arrive(self, is_heard: bool) -> Generator[Body, Body, None]:
        """One of the late requests arrives, whichever; its answer is heard or lost."""
        if self.late:
            phone, request = self.late.pop(self.random.randrange(len(self.late)))
            answer = yield request
            if is_heard:
                phone.absorb(answer)

    def settle(self) -> Generator[Body, Body, None]:
        """Everybody syncs until nobody has anything to say, and once more to hear the others."""
        for _ in range(2):
            for phone in self.phones:
                more = True
                while more or not phone.is_settled:
                    answer = yield phone.request(limit=3)
                    phone.absorb(answer)
                    more = answer["more"]

    def straggle(self) -> Generator[Body, Body, None]:
        """All that was still under way arrives after everybody has synced: by then it is a repeat, or a mere look."""
        for _, request in self.late:
            yield request
        self.late = []


def edit(random: Random, fields: Iterable[str]) -> Patch:
    """A patch of one to three fields."""
    names = list(fields)
    return {name: _value(random, name) for name in random.sample(names, random.choice([1, 1, 2, 3]))}


def story(air: Air, steps: int, fields: Iterable[str]) -> Generator[Body, Body, None]:
    """`steps` things that happen, and the peace after them."""
    random = air.random
    for _ in range(steps):
        air.now += random.choice([0, 0, 1, 1000, HOUR, 30 * HOUR])
        phone = random.choice(air.phones)
        happens = random.random()
        if happens < 0.45:
            phone.write(random.choice(air.records), edit(random, fields), air.now)
        elif happens < 0.52:
            phone.write(random.choice(air.records), None, air.now)
        elif happens < 0.92:
            yield from air.send(phone, random.choice(["well", "well", "lost", "unanswered", "doubled", "late"]))
        else:
            yield from air.arrive(random.random() < 0.5)
    yield from air.settle()


def _value(random: Random, name: str) -> Any:
    match name:
        case "mood" | "anxiety":
            return random.choice([None, *range(11)])
        case "compared":
            return random.choice([None, "harder", "same", "easier"])
        case "audience":
            return random.choice(["me", "therapist", "prescriber", "both", "both"])
        case "own":
            return random.choice(
                [None, {"ease": random.randrange(11)}, {"ease": None}, {"sleep": random.randrange(11)}]
            )
        case "side_effects":
            keys = random.sample(["nausea", "headache", "other"], random.choice([1, 1, 2]))
            return {key: random.choice([None, "none", "mild", "severe"]) for key in keys}
        case "reasons":
            return random.choice([None, [], [_text(random)], [_text(random), _text(random)]])
        case _:
            return random.choice([None, "", _text(random), _text(random), _text(random)])


def _text(random: Random) -> str:
    """Mostly a text of its own; now and then one that somebody else may have typed as well."""
    return random.choice(["the same words", f"text {random.getrandbits(40):x}", f"text {random.getrandbits(40):x}"])
