"""What one's own FHIR document says beyond the summary, from the records themselves. Pure."""

from collections.abc import Sequence
from typing import Any

import msgspec

from server.export.fhir.details import Details, ResponseKept, SessionKept
from server.measures import service as measures
from server.records import service as records
from server.treatment import service as treatment

_values = msgspec.json.Decoder(dict[str, Any]).decode


def details_of(found: Sequence[records.Found]) -> Details:
    """What was kept of sessions, by their ids, and the answers of responses."""
    kept = {each.id: _session(_values(each.values)) for each in found if each.kind == treatment.TREATMENT_SESSION.name}
    return Details(kept, [_response(each) for each in found if each.kind == measures.RESPONSE.name])


def _session(values: dict[str, Any]) -> SessionKept:
    return SessionKept(**{name: values.get(name) for name in SessionKept._fields})


def _response(found: records.Found) -> ResponseKept:
    values = _values(found.values)
    completed_at = measures.form_of(found).completed_at  # when it counts as, whatever the clock of its phone said
    return ResponseKept(values["instrument"], values["instrument_version"], completed_at, values.get("answers") or {})
