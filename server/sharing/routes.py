"""The wire of sharing: consents, the therapist's list and summary, alerts, who looked."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.audit import service as audit
from server.base import web
from server.base.errors import Fault, Invalid
from server.export import service as export
from server.safety import service as safety
from server.sharing import service as sharing
from server.sharing.alerts import pages as alerts
from server.sharing.rules import Acceptance, AskedSilence, NarrowedConsent, NewConsent
from server.summaries import service as summaries
from server.vault import service as vault

Consents = Annotated[list[sharing.ConsentAnswer], msgspec.Meta(title="Consents")]
Shared = Annotated[list[sharing.SharedPatient], msgspec.Meta(title="Shared")]


class AuditPage(msgspec.Struct):
    """Audit events, newest first, and where to go on."""

    items: list[audit.AuditEvent]
    next: str | None


async def give_consent(request: Request) -> Response:
    """POST /api/consents. 201 with the invitation, shown once; 403 step-up; 409 six hours after a session; 422."""
    asker = guard.patient(request)
    now = web.now(request)
    await _require_proof(asker, now)
    body = await web.read(request, NewConsent)
    given = await guard.while_signed_in(
        asker, lambda: sharing.give(asker.account_id, asker.zone, asker.day_starts_at, body, now)
    )
    given.invitation = f"{request.app.state.settings.origin}/#/invitation/{given.invitation}"
    return web.json(given, 201)


async def accept_consent(request: Request) -> Response:
    """POST /api/consents/acceptance. 200; 403 second factor or reading hours needed; 404 used, old or wrong; 409."""
    asker = guard.therapist(request)
    body, now = await web.read(request, Acceptance), web.now(request)
    return web.json(await guard.while_signed_in(asker, lambda: sharing.accept(asker.account_id, body.secret, now)))


async def list_consents(request: Request) -> Response:
    """GET /api/consents. 200: the patient's consents, newest first."""
    asker = guard.patient(request)
    return web.json(await sharing.consents(asker.account_id, web.now(request)))


async def narrow_consent(request: Request) -> Response:
    """PATCH /api/consents/{consent_id}. 200; 403 closed; 404 not yours; 422 where it would open more."""
    asker = guard.patient(request)
    body = await web.read(request, NarrowedConsent)
    return web.json(await sharing.narrow(asker.account_id, _consent_id(request), body, web.now(request)))


async def ask_silence(request: Request) -> Response:
    """PUT /api/consents/{consent_id}/quiet. 200; 403 step-up or closed; 404 not yours; 409 after a session; 422."""
    asker = guard.patient(request)
    now = web.now(request)
    await _require_proof(asker, now)
    body, consent_id = await web.read(request, AskedSilence), _consent_id(request)
    return web.json(
        await guard.while_signed_in(asker, lambda: sharing.ask_silence(asker.account_id, consent_id, body, now))
    )


async def withdraw_consent(request: Request) -> Response:
    """DELETE /api/consents/{consent_id}. 204, always; 404 not yours."""
    await sharing.withdraw(guard.patient(request).account_id, _consent_id(request), web.now(request))
    return web.no_content()


async def preview_consent(request: Request) -> Response:
    """GET /api/consents/{consent_id}/preview. 200: exactly what the other side gets; 404 not yours."""
    asker = guard.patient(request)
    period = web.period(request)
    return web.json(await sharing.preview(asker.account_id, _consent_id(request), period, web.now(request)))


async def open_note(request: Request) -> Response:
    """PUT /api/consents/{consent_id}/notes/{record_id}. 204; 403 step-up; 404 not yours; 409 after a session."""
    asker = guard.patient(request)
    now = web.now(request)
    await _require_proof(asker, now)
    record_id, consent_id = web.uuid(request, "record_id"), _consent_id(request)
    await guard.while_signed_in(asker, lambda: sharing.open_note(asker.account_id, consent_id, record_id, now))
    return web.no_content()


async def list_shared(request: Request) -> Response:
    """GET /api/shared. 200: who shares with this therapist."""
    return web.json(await sharing.shared(guard.therapist(request).account_id, web.now(request)))


async def read_summary(request: Request) -> Response:
    """GET /api/shared/{consent_id}/summary. 200; 403 withdrawn or expired; 404 not yours."""
    therapist = guard.therapist(request)
    period = web.period(request)
    return web.json(await sharing.view(therapist.account_id, _consent_id(request), period, web.now(request)))


async def read_summary_pdf(request: Request) -> Response:
    """GET /api/shared/{consent_id}/summary.pdf. 200; 403 step-up, withdrawn or expired; 404 not yours."""
    return await _summary_file(request, "pdf")


async def read_summary_fhir(request: Request) -> Response:
    """GET /api/shared/{consent_id}/summary.fhir.json. 200; 403 step-up, withdrawn or expired; 404 not yours."""
    return await _summary_file(request, "fhir")


async def _summary_file(request: Request, form: export.Format) -> Response:
    therapist, consent_id, now = guard.therapist(request), _consent_id(request), web.now(request)
    period = web.period(request)
    guard.require_proof(therapist, now)
    file = await sharing.view_file(therapist.account_id, consent_id, period, now, form)
    # It was made while others went on: a withdrawal or a sign-out may have overtaken it.
    await guard.while_signed_in(therapist, lambda: sharing.require_shared(therapist.account_id, consent_id, now))
    return web.attachment(file, *export.FILES[form])


async def leave_shared(request: Request) -> Response:
    """DELETE /api/shared/{consent_id}. 204: the therapist gives the share back; 404 not yours."""
    await sharing.leave(guard.therapist(request).account_id, _consent_id(request), web.now(request))
    return web.no_content()


async def settle_question(request: Request) -> Response:
    """POST /api/shared/{consent_id}/questions/{question_id}/settled. 204; 403 withdrawn or expired; 404 not yours."""
    question_id, asker = web.uuid(request, "question_id"), guard.therapist(request)
    await sharing.settle(asker.account_id, _consent_id(request), question_id, web.now(request))
    return web.no_content()


async def list_alerts(request: Request) -> Response:
    """GET /api/alerts. 200, newest first: a patient's own; a therapist's, of every consent with the scope `alerts`."""
    asker = guard.account(request)
    limit, cursor = web.limit(request), request.query_params.get("cursor")
    if asker.role == "patient":
        return web.json(await alerts.own_alerts(asker.account_id, limit, cursor))
    return web.json(await alerts.alerts_under_consents(asker.account_id, limit, cursor, web.now(request)))


async def see_alert(request: Request) -> Response:
    """POST /api/alerts/{alert_id}/seen. 200; 404 not under a consent of yours; 409 closed; 422."""
    asker, alert_id = guard.therapist(request), web.uuid(request, "alert_id")
    body = await web.read(request, safety.Seen)
    return web.json(await alerts.see_alert(asker.account_id, alert_id, body, web.now(request)))


async def close_alert(request: Request) -> Response:
    """POST /api/alerts/{alert_id}/closed. 200; 404 not under a consent of yours; 409 not seen yet."""
    asker, alert_id = guard.therapist(request), web.uuid(request, "alert_id")
    return web.json(await alerts.close_alert(asker.account_id, alert_id, web.now(request)))


async def read_audit(request: Request) -> Response:
    """GET /api/audit. 200: who looked at what, when, under which consent; own sign-ins and changes."""
    asker = guard.patient(request)
    cursor = request.query_params.get("cursor")
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Invalid(Fault("/cursor", "is not one that was answered here"))
    items, following = await audit.events(
        await vault.key_of(asker.account_id), web.limit(request), int(cursor) if cursor else None
    )
    return web.json(AuditPage(items, str(following) if following is not None else None))


async def _require_proof(asker: guard.Asker, now: datetime) -> None:
    """What opens more asks for a proof. Whoever has to wait anyway is told so first, and asked for nothing."""
    if not guard.is_proved(asker, now):
        await sharing.require_settled(asker.account_id, now)
    guard.require_proof(asker, now)


def _consent_id(request: Request) -> str:
    return web.uuid(request, "consent_id")


def _of_patient(method: str, path: str, handler: web.Handler, **more: Any) -> web.DeclaredRoute:
    return web.endpoint(method, path, handler, who="patient", **more)


def _of_therapist(method: str, path: str, handler: web.Handler, **more: Any) -> web.DeclaredRoute:
    return web.endpoint(method, path, handler, who="therapist", **more)


ALERT = "/api/alerts/{alert_id}"
Consent, ONE, UNDER = sharing.ConsentAnswer, "/api/consents/{consent_id}", "/api/shared/{consent_id}"
READ: dict[str, Any] = {"query": ("from", "to"), "problems": (404, 422)}
FILE = READ | {"problems": (404, 422, 429)}

routes = [
    _of_patient("POST", "/api/consents", give_consent, body=NewConsent, answer=Consent, status=201, problems=(409,)),
    _of_therapist(
        "POST", "/api/consents/acceptance", accept_consent, body=Acceptance, answer=Consent, problems=(404, 409)
    ),
    _of_patient("GET", "/api/consents", list_consents, answer=Consents),
    _of_patient("PATCH", ONE, narrow_consent, body=NarrowedConsent, answer=Consent, problems=(404,)),
    _of_patient("PUT", f"{ONE}/quiet", ask_silence, body=AskedSilence, answer=Consent, problems=(404, 409)),
    _of_patient("DELETE", ONE, withdraw_consent, status=204, problems=(404,)),
    _of_patient("GET", f"{ONE}/preview", preview_consent, answer=summaries.Summary, **READ),
    _of_patient("PUT", ONE + "/notes/{record_id}", open_note, status=204, problems=(404, 409)),
    _of_therapist("GET", "/api/shared", list_shared, answer=Shared),
    _of_therapist("GET", UNDER + "/summary", read_summary, answer=summaries.Summary, **READ),
    _of_therapist("GET", UNDER + "/summary.pdf", read_summary_pdf, media="application/pdf", **FILE),
    _of_therapist("GET", UNDER + "/summary.fhir.json", read_summary_fhir, media="application/fhir+json", **FILE),
    _of_therapist("DELETE", UNDER, leave_shared, status=204, problems=(404,)),
    _of_therapist("POST", UNDER + "/questions/{question_id}/settled", settle_question, status=204, problems=(404,)),
    web.endpoint(
        "GET",
        "/api/alerts",
        list_alerts,
        who="account",
        answer=alerts.AlertPage,
        query=("limit", "cursor"),
        problems=(422,),
    ),
    _of_therapist("POST", ALERT + "/seen", see_alert, body=safety.Seen, answer=safety.AlertAnswer, problems=(404, 409)),
    _of_therapist("POST", ALERT + "/closed", close_alert, answer=safety.AlertAnswer, problems=(404, 409)),
    _of_patient("GET", "/api/audit", read_audit, answer=AuditPage, query=("limit", "cursor"), problems=(422,)),
]
