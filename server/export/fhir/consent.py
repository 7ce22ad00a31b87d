"""The consent that a reader's document is made under. Pure."""

from server.base.clock import wire_instant
from server.export.fhir.codes import TERMINOLOGY, Resource, concept
from server.export.fhir.details import Share
from server.export.fhir.identity import Ids

_SCOPE: Resource = {"coding": [{"system": f"{TERMINOLOGY}/consentscope", "code": "patient-privacy"}]}
_CATEGORY: Resource = {"coding": [{"system": f"{TERMINOLOGY}/v3-ActCode", "code": "IDSCL"}]}


def consent(share: Share, ids: Ids) -> Resource:
    """What its person lets a reader know: which scopes, of which days, until when."""
    data_period = {end: day for end, day in (("start", share.first), ("end", share.last)) if day is not None}
    return {
        "resourceType": "Consent",
        "id": ids.of("consent"),
        "status": "active",
        "scope": _SCOPE,
        "category": [_CATEGORY],
        "patient": ids.patient,
        "policyRule": {"text": "Given by the person, and withdrawn by them at any time"},
        "provision": {
            "type": "permit",
            "period": {"end": wire_instant(share.expires_at)},
            "code": [concept(scope) for scope in share.scopes],
            **({"dataPeriod": data_period} if data_period else {}),
        },
    }
