"""A batch of changes at work inside one transaction: what it touches is read once, merged in order, written once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

import msgspec

from server.base.clock import milliseconds
from server.base.errors import Fault, TooLarge
from server.database import service as database
from server.merging import service as merging
from server.records import shelf
from server.records.changes import ChangeBody, Parsed, Result, missing_faults, read_patch, whole_faults
from server.records.envelope import Written, fitting, placed, seal, state_of, written_of
from server.vault import service as vault

Touched = Mapping[str, Mapping[str, Any] | None]
"""Records that a batch changed, by id, each with the values that it had before; None where it is new."""

_FEW = 16  # changes whose records are read without a look at how large those are
MOST_AT_ONCE = 20  # changes of one record in one batch; a phone that keeps to the contract sends one
MOST_CARRIED = 4 * 1024 * 1024  # bytes of records that a batch is answered with, and about so many that it writes
_TOO_MUCH = "These records are more than can be taken in and answered at once; send fewer changes"
_STAMP = 200  # bytes of a field's stamp, with the name of the field
MOST_BYTES = 512 * 1024  # of one record's JSON: all texts of any check-in or session, and most of its alternatives


class _Sheet:
    """One record on the desk: as it was stored, and as it becomes."""

    __slots__ = ("before", "kind", "received_at", "record_id", "state", "stored", "was", "written")

    def __init__(
        self, record_id: str, kind: str, state: merging.State, stored: int, at: int, written: Written
    ) -> None:
        self.record_id = record_id
        self.kind = kind
        self.state = state
        self.stored = stored  # the revision in the table, 0 for none
        self.was = state.values if stored else None  # before the batch; a deleted record keeps its values
        self.received_at = at
        # States of this batch that were replaced in it, and when received.
        self.before: list[tuple[merging.State, int]] = []
        self.written = written  # made once, for the result, for the list of changes and for the sealed row

    @property
    def is_touched(self) -> bool:
        """Whether the batch changed the record."""
        return self.state.revision > self.stored

    def put(self, state: merging.State, now: int, written: Written) -> None:
        """Takes the new state; one that this very batch made before it becomes an earlier version."""
        if self.is_touched:
            self.before.append((self.state, self.received_at))
        self.state, self.received_at, self.written = state, now, written

    def wire(self) -> msgspec.Raw:
        """The record as the contract has it."""
        return msgspec.Raw(self.written.wire)

    @property
    def weight(self) -> int:
        """About how many bytes the record takes."""
        return len(self.written.wire) + _STAMP * len(self.state.stamps)


class Desk:
    """One batch at work. All instants in milliseconds."""

    def __init__(self, kinds: Mapping[str, merging.Kind], key: vault.Key, day_starts_at: time, now: int) -> None:
        self.kinds = kinds
        self.key = key
        self.patient_id = key.account_id
        self.day_starts_at = day_starts_at
        self.now = now
        self.before = self.latest = 0  # the patient's latest revision before the batch, and now
        self.sheets: dict[str, _Sheet] = {}
        self.known: dict[str, str] = {}  # change id -> record id
        self.taken: Counter[str] = Counter()  # changes by record
        self.carried = 0  # bytes of records in the results
        self.accepted: list[tuple[str, str, str]] = []

    async def take_in(self, batch: Sequence[Parsed], new_after: int | None = None) -> list[Result] | None:
        """Merges the batch into the patient's records; a result a change, in order.

        None where another process moved the patient's head in between, and nothing was written. `new_after`: where the
        batch seems to be all new and to follow on that revision, nothing is read; None where it does not, or raises
        database.Clash. Raises TooLarge, before anything is written, for what is more than can be taken in at once: no
        change is refused for what stands beside it, since a phone does not send again what was refused.
        """
        if new_after is None:
            await self._open(batch)
        else:
            self.before = self.latest = new_after
        results = [await self._take(each) for each in batch]
        if new_after is not None and not self._are_new(results):
            return None
        return results if not self.accepted or await self._write(new_after is not None) else None

    def touched(self) -> list[msgspec.Raw]:
        """The records that the batch changed, as the wire shows them, by revision."""
        touched = [sheet for sheet in self.sheets.values() if sheet.is_touched]
        return [sheet.wire() for sheet in sorted(touched, key=lambda sheet: sheet.state.revision)]

    def touched_of(self, kind: str) -> Touched:
        """The records of one kind that the batch changed."""
        return {name: each.was for name, each in self.sheets.items() if each.kind == kind and each.is_touched}

    async def _open(self, batch: Sequence[Parsed]) -> None:
        """Reads what the batch is about."""
        wanted = {each.body.record_id for each in batch if each.body}
        at_once = set(wanted) if len(batch) <= _FEW else set[str]()
        latest, self.known, rows = await shelf.look(self.patient_id, [each.id for each in batch], at_once)
        wanted.update(self.known.values())  # a repeat may name another record than it first did
        if len(batch) > _FEW:
            sizes = await shelf.sizes(self.patient_id, wanted)
            if fitting(sizes) < len(sizes):
                raise TooLarge(_TOO_MUCH)
        if missing := wanted - at_once:
            rows += (await shelf.look(self.patient_id, (), missing))[2]
        if latest is None:
            await shelf.lock(self.patient_id)
        self.before = self.latest = latest or 0
        for row in rows:
            record_id, (state, written) = str(row["record_id"]), state_of(self.key, row)
            self.sheets[record_id] = _Sheet(record_id, row["kind"], state, state.revision, row["received_at"], written)

    async def _take(self, each: Parsed) -> Result:
        """Merges one change, or says why not."""
        if self.carried > MOST_CARRIED:  # so one change alone always fits
            raise TooLarge(_TOO_MUCH)
        if each.id in self.known:
            return self._result(each.id, "replayed", self.known[each.id])
        body = each.body
        if body is None:
            return Result(each.id, "refused", errors=each.faults)
        sheet = self.sheets.get(body.record_id)
        kind = self.kinds.get(body.kind)
        if kind is None:
            return Result(each.id, "refused", errors=[Fault("/kind", "is not a kind that is known here")])
        patch, faults = read_patch(body, kind, self.now)
        if faults := faults + await self._faults_of_place(body, sheet):
            return Result(each.id, "refused", errors=faults)
        self.taken[body.record_id] += 1
        state = sheet.state if sheet else None
        if faults := missing_faults(kind, state, patch):
            return Result(each.id, "refused", errors=faults)
        edited_at = merging.clamped(milliseconds(body.edited_at), self.now)
        change = merging.Change(body.id, body.record_id, body.base_revision, edited_at, patch)
        merged = merging.merge(kind, state, change, self.latest + 1)
        if faults := whole_faults(kind, state, change, merged.state, self.now):
            return Result(each.id, "refused", errors=faults)
        if paths := merging.crowded(merged.state):
            told = "holds more versions or fields than anybody could look at; save one text of it first"
            return Result(each.id, "refused", errors=[Fault(f"/patch/{path}", told) for path in paths])
        if merged.is_changed:
            written = written_of(body.kind, body.record_id, self.now, merged.state)
            if len(written.wire) > MOST_BYTES and not (sheet and len(written.wire) < len(sheet.written.wire)):
                told = "makes the record longer than one can be; save one text of it first, or a shorter one"
                return Result(each.id, "refused", errors=[Fault("/patch", told)])
            self._keep(body, sheet, merged.state, written)
        self.known[body.id] = body.record_id
        self.accepted.append((self.patient_id, body.id, body.record_id))
        return self._result(each.id, merged.outcome, body.record_id)

    def _are_new(self, results: list[Result]) -> bool:
        """Whether each change made a record of its own."""
        return len(self.sheets) == len(results) and all(result.outcome == "stored" for result in results)

    async def _write(self, is_new: bool) -> bool:
        """Writes every touched record once, what it was before, and the ids of the changes."""
        touched = [sheet for sheet in self.sheets.values() if sheet.is_touched]
        rows = [self._full_row(sheet) for sheet in touched]
        replaced = [sheet.record_id for sheet in touched if sheet.stored]
        passed = [self._passed_row(sheet, *old) for sheet in touched for old in sheet.before]
        heads = (self.before, self.latest)
        return await shelf.put(self.patient_id, heads, rows, self.accepted, replaced, passed, is_new)

    async def _faults_of_place(self, body: ChangeBody, sheet: _Sheet | None) -> list[Fault]:
        """Where the change does not fit the record that it is about."""
        if sheet is not None and sheet.kind != body.kind:
            return [Fault("/kind", "this record is of another kind")]
        if (body.record_id == self.patient_id) != self.kinds[body.kind].is_single:
            return [Fault("/record_id", "is the account's id for the one record of its kind, and for no other")]
        if self.taken[body.record_id] >= MOST_AT_ONCE:
            raise TooLarge(f"At most {MOST_AT_ONCE} changes of one record at once")
        if sheet is None and body.delete is True:
            return [Fault("/record_id", "there is no such record")]
        if not await self._is_base(body, sheet):
            return [Fault("/base_revision", "is not a revision of this record")]
        return []

    async def _is_base(self, body: ChangeBody, sheet: _Sheet | None) -> bool:
        """Whether the base is 0 or a revision that this record has had."""
        if body.base_revision == 0 or sheet is None:
            return body.base_revision == 0
        if body.base_revision in (sheet.state.revision, sheet.stored, *(old.revision for old, _ in sheet.before)):
            return True
        sql = "SELECT 1 FROM record_version WHERE patient_id = ?1 AND record_id = ?2 AND revision = ?3"
        return await database.fetch_one(sql, self.patient_id, body.record_id, body.base_revision) is not None

    def _keep(self, body: ChangeBody, sheet: _Sheet | None, state: merging.State, written: Written) -> None:
        self.latest += 1
        if sheet is None:
            self.sheets[body.record_id] = _Sheet(body.record_id, body.kind, state, 0, self.now, written)
        else:
            sheet.put(state, self.now, written)

    def _result(self, change_id: str, outcome: merging.Outcome, record_id: str) -> Result:
        sheet = self.sheets[record_id]
        self.carried += sheet.weight
        return Result(change_id, outcome, sheet.wire())

    def _row(self, sheet: _Sheet, state: merging.State, received_at: int, written: Written) -> tuple[Any, ...]:
        sealed = seal(self.key, sheet.record_id, state, written)
        return (
            self.patient_id, sheet.record_id, sheet.kind, state.revision, state.deleted, state.recorded_at,
            state.edited_at, received_at, sealed,
        )  # fmt: skip

    def _passed_row(self, sheet: _Sheet, state: merging.State, received_at: int) -> tuple[Any, ...]:
        return self._row(sheet, state, received_at, written_of(sheet.kind, sheet.record_id, received_at, state))

    def _full_row(self, sheet: _Sheet) -> tuple[Any, ...]:
        day, at = placed(self.kinds[sheet.kind], sheet.state, self.day_starts_at)
        return (*self._row(sheet, sheet.state, sheet.received_at, sheet.written), day.isoformat(), milliseconds(at))
