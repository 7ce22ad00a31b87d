"""Ids that are the same each time a document is made, and references within it. Pure."""

from uuid import UUID, uuid5

from server.export.fhir.codes import Resource

_OURS = UUID("7c551522-5b97-4020-80b8-be60e9619b6b")


class Ids:
    """The ids of one person's document, all made from the one that its reader knows."""

    def __init__(self, subject_id: str) -> None:
        self.patient_id = subject_id
        self.patient = reference(subject_id)

    def of(self, *what: object) -> str:
        """The id of what is called so in this person's documents."""
        return str(uuid5(_OURS, "/".join((self.patient_id, *map(str, what)))))


def canonical(what: str) -> str:
    """The name of what is the same for everybody, as a questionnaire is."""
    return f"urn:uuid:{uuid5(_OURS, what)}"


def url(id_: str) -> str:
    """Where something stands in its bundle."""
    return f"urn:uuid:{id_}"


def reference(id_: str) -> Resource:
    """A reference to what has this id, within its bundle."""
    return {"reference": url(id_)}
