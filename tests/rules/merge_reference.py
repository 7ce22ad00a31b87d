"""What the contract says of merging, written down once more and slowly: whole pages are kept and compared."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.rules.devices import HOUR, TEXTS, Body

MAPS = ("side_effects", "own")


class Server:
    """What both servers share: repeats are known by their id, a pull answers what changed since."""

    def __init__(self) -> None:
        self.revision = 0
        self.known: dict[str, str] = {}

    def take(self, request: Body, now: int) -> Body:
        """One sync, in the contract's shape, with instants in milliseconds."""
        results = [self._result(change, now) for change in request["changes"]]
        changed = [
            record for record in map(self.shown, set(self.known.values())) if record["revision"] > request["since"]
        ]
        changed.sort(key=lambda record: record["revision"])
        records = changed[: request["limit"]]
        revision = records[-1]["revision"] if records else request["since"]
        return {"results": results, "records": records, "revision": revision, "more": len(changed) > len(records)}

    def _result(self, change: Body, now: int) -> Body:
        if change["id"] in self.known:
            outcome = "replayed"
        else:
            outcome = self.apply(change, now)
            self.known[change["id"]] = change["record_id"]
        return {"id": change["id"], "outcome": outcome, "record": self.shown(self.known[change["id"]])}

    def apply(self, change: Body, now: int) -> str:
        """Takes in a change that was never seen; answers its outcome."""
        raise NotImplementedError

    def shown(self, record_id: str) -> Body:
        """The record as the wire shows it, as far as the contract speaks of it."""
        raise NotImplementedError


class Word(NamedTuple):
    """One value, with what orders it among others: when it was edited, then the change's id."""

    edited_at: int
    change_id: str
    value: Any


@dataclass(frozen=True)
class Page:
    """A record at one revision: for every field the words that stand there, latest first."""

    revision: int = 0
    fields: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    deleted: bool = False


class Reference(Server):
    """Merges by looking at three whole pages: the one the phone had seen, the present one, and the patch."""

    def __init__(self) -> None:
        super().__init__()
        self.books: dict[str, list[Page]] = {}
        self.recorded_at: dict[str, int] = {}

    def apply(self, change: Body, now: int) -> str:
        book = self.books.setdefault(change["record_id"], [Page()])
        edited_at = now if change["edited_at"] > now + 24 * HOUR else change["edited_at"]
        self.recorded_at.setdefault(change["record_id"], edited_at)
        present = book[-1]
        seen = next(page for page in book if page.revision == change["base_revision"])
        since = [page for page in book if page.revision > seen.revision]
        if "delete" in change:
            is_swallowing = any(not page.deleted for page in since)
            if not is_swallowing and not present.deleted:
                self._turn(book, present.fields, deleted=True)
        else:
            fields = self._merged(change, edited_at, seen, present)
            if fields != present.fields or present.deleted or present.revision == 0:
                self._turn(book, fields, deleted=False)
        return "merged" if since else "stored"

    def shown(self, record_id: str) -> Body:
        page = self.books[record_id][-1]
        values: Body = {}
        alternatives: Body = {}
        for path, words in page.fields.items() if not page.deleted else ():
            name, _, key = path.partition("/")
            if key:
                values.setdefault(name, {})[key] = words[0].value
            else:
                values[name] = words[0].value
            for word in words[1:]:
                kept = alternatives.setdefault(path, [])
                if word.value and word.value != words[0].value and word.value not in kept:
                    kept.append(word.value)
        return told(record_id, page.revision, page.deleted, self.recorded_at[record_id], values, alternatives)

    def _turn(self, book: list[Page], fields: dict[str, tuple[Word, ...]], deleted: bool) -> None:
        self.revision += 1
        book.append(Page(self.revision, fields, deleted))

    def _merged(self, change: Body, edited_at: int, seen: Page, present: Page) -> dict[str, tuple[Word, ...]]:
        fields = dict(present.fields)
        for path, value in _paths(change["patch"], seen, present):
            unseen = [word for word in present.fields.get(path, ()) if word not in seen.fields.get(path, ())]
            words = sorted([*unseen, Word(edited_at, change["id"], value)], key=lambda word: word[:2], reverse=True)
            fields[path] = tuple(words) if path in TEXTS else (words[0],)

        def others_changed(path: str) -> bool:
            return present.fields.get(path) != seen.fields.get(path)

        mine = change["patch"].keys()
        if ("audience" in mine and any(map(others_changed, TEXTS))) or (
            not mine.isdisjoint(TEXTS) and others_changed("audience")
        ):
            shown = fields.get("audience")
            if not shown or shown[0].value != "me":
                fields["audience"] = (Word(edited_at, change["id"], "me"),)
        return fields


def told(record_id: str, revision: int, deleted: bool, recorded_at: int, values: Body, alternatives: Body) -> Body:
    """A record for comparing: where the contract is silent, a null, an empty map and nothing at all are the same."""
    full = {
        name: {key: inner for key, inner in value.items() if inner is not None} if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return {
        "id": record_id,
        "revision": revision,
        "deleted": deleted,
        "recorded_at": recorded_at,
        "values": {name: value for name, value in full.items() if value not in (None, {})},
        "alternatives": {name: texts for name, texts in alternatives.items() if texts},
    }


def _paths(patch: Body, seen: Page, present: Page) -> list[tuple[str, Any]]:
    """The patch as fields; maps key by key, and a map set to null empties the keys that are as its author saw them."""
    paths: list[tuple[str, Any]] = []
    for name, value in patch.items():
        if name not in MAPS:
            paths.append((name, value))
        elif value is None:
            paths += [
                (path, None)
                for path, words in present.fields.items()
                if path.startswith(f"{name}/") and words[0].value is not None and words == seen.fields.get(path)
            ]
        else:
            paths += [(f"{name}/{key}", inner) for key, inner in value.items()]
    return paths


class Ledger:
    """Which texts stand, by one sentence alone: a text goes when a change that had seen it writes that field."""

    def __init__(self) -> None:
        self.texts: dict[str, dict[str, list[tuple[int, Any]]]] = {}
        self.last_edit: dict[str, int] = {}
        self.is_deleted: dict[str, bool] = {}

    def follow(self, request: Body, answer: Body) -> None:
        """Takes in what was sent and what became of it. Raises AssertionError where a text or an edit was swallowed."""
        for change, result in zip(request["changes"], answer["results"], strict=True):
            assert change["id"] == result["id"]
            if result["outcome"] != "replayed":
                self._follow(change, result["record"])
            self.check(result["record"])

    def _follow(self, change: Body, record: Body) -> None:
        name, base = record["id"], change["base_revision"]
        if "patch" not in change:
            if record["deleted"] and not self.is_deleted[name]:
                assert self.last_edit[name] <= base, "a deletion swallowed an edit that its author had not seen"
            self.is_deleted[name] = record["deleted"]
            return
        assert not record["deleted"], "an edit did not bring the record back"
        self.is_deleted[name] = False
        self.last_edit[name] = max(self.last_edit.get(name, 0), record["revision"])
        for path in TEXTS:
            if path in change["patch"]:
                standing = self.texts.setdefault(name, {}).setdefault(path, [])
                unseen = [(revision, text) for revision, text in standing if revision > base]
                self.texts[name][path] = [*unseen, (record["revision"], change["patch"][path])]

    def check(self, record: Body) -> None:
        """Raises AssertionError where a text that nobody replaced is not there, or is there twice."""
        assert record["deleted"] == self.is_deleted[record["id"]]
        if record["deleted"]:
            assert (record["values"], record["alternatives"]) == ({}, {})
            return
        for path, standing in self.texts.get(record["id"], {}).items():
            visible = [record["values"].get(path), *record["alternatives"].get(path, [])]
            for _, text in standing:
                assert not text or visible.count(text) == 1, f"{text!r} stands {visible.count(text)} times in {path}"
