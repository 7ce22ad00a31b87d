"""Ids that are the same each time a document is made, and references within it. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha1
from typing import TypeVar
from uuid import UUID, uuid5

from server.export.fhir.codes import Resource

T = TypeVar("T")
_OURS = UUID("7c551522-5b97-4020-80b8-be60e9619b6b")


class Ids:
    """The ids of a document, made from the one of its person that its reader knows and from its days.

    In a document of other days nothing but the person has the same id: its counts are of other days.
    """

    def __init__(self, subject_id: str, *days: object) -> None:
        self.patient_id = subject_id
        self.patient = reference(subject_id)
        self._begun = sha1(_OURS.bytes + "/".join((subject_id, *map(str, days))).encode(), usedforsecurity=False)

    def of(self, *what: object) -> str:
        """The id of what is called so in this document: a UUIDv5, at a third of the library's cost."""
        whole = self._begun.copy()
        whole.update("/".join(("", *map(str, what))).encode(errors="surrogatepass"))
        digits = whole.hexdigest()
        variant = "89ab"[int(digits[16], 16) & 3]
        return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def tied(things: Iterable[T], key: Callable[[T], object]) -> Iterator[tuple[int, T]]:
    """Each thing, with how many before it have the same key: the two tell it apart, whatever else there is."""
    seen: Counter[object] = Counter()
    for each in things:
        yield seen[key(each)], each
        seen[key(each)] += 1


def canonical(what: str) -> str:
    """The name of what is the same for everybody, as a questionnaire is."""
    return f"urn:uuid:{uuid5(_OURS, what)}"


def url(id_: str) -> str:
    """Where something stands in its bundle."""
    return f"urn:uuid:{id_}"


def reference(id_: str) -> Resource:
    """A reference to what has this id, within its bundle."""
    return {"reference": url(id_)}
