"""What one's own FHIR document says beyond the summary, from the records themselves. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from server.export.fhir.details import Details, ResponseKept, SessionKept
from server.records import service as records

NOTHING = Details()
_values = msgspec.json.Decoder(dict[str, Any]).decode


def details_of(sessions: Iterable[records.Found], responses: Iterable[records.Found]) -> Details:
    """What was kept of sessions, by their ids, and the answers of responses."""
    return Details(
        {each.id: _session(_values(each.values)) for each in sessions},
        [_response(_values(each.values)) for each in responses],
    )


def _session(values: dict[str, Any]) -> SessionKept:
    return SessionKept(**{name: values.get(name) for name in SessionKept._fields})


def _response(values: dict[str, Any]) -> ResponseKept:
    return ResponseKept(
        values["instrument"],
        values["instrument_version"],
        datetime.fromisoformat(values["completed_at"]),
        values.get("answers") or {},
    )
