"""The wire of what a person takes away."""

from datetime import datetime
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from server.accounts import guard
from server.base import web
from server.base.errors import Fault, Invalid
from server.export import service as export


async def read_check_ins_table(request: Request) -> Response:
    """GET /api/check-ins.csv?from&to. 200, oldest first; 403 step-up; 422."""
    asker, period, now = guard.patient(request), web.period(request), web.now(request)
    guard.require_proof(asker, now)
    return await _given(asker, await export.check_ins_table(asker.account_id, period, now), now)


async def read_summary_pdf(request: Request) -> Response:
    """GET /api/summary.pdf?from&to&reader. 200, on paper; 403 step-up; 422."""
    return await _summary(request, "pdf")


async def read_summary_fhir(request: Request) -> Response:
    """GET /api/summary.fhir.json?from&to&reader. 200, a FHIR R4 document; 403 step-up; 422."""
    return await _summary(request, "fhir")


async def _summary(request: Request, form: export.Format) -> Response:
    asker, period, now = guard.patient(request), web.period(request), web.now(request)
    reader = request.query_params.get("reader")
    if reader not in (None, *get_args(export.Reader)):
        raise Invalid(Fault("/reader", "must be therapist or prescriber"))
    guard.require_proof(asker, now)
    file = await export.summary_file(asker.account_id, period, now, form, reader)  # type: ignore[arg-type]
    return await _given(asker, file, now)


async def _given(asker: guard.Asker, file: export.File, now: datetime) -> Response:
    """The file, unless a sign-out or a lockdown overtook it while it was made; that it is given is written down."""
    await guard.while_signed_in(asker, lambda: export.note(asker.account_id, file, now))
    return web.attachment(file.body, file.media, file.name)


def _of_summary(name: str, read: web.Handler, media: str) -> web.DeclaredRoute:
    return web.endpoint(
        "GET",
        f"/api/{name}",
        read,
        who="patient",
        media=media,
        query=("from", "to", "reader"),
        problems=(403, 422, 429),
    )


routes = [
    web.endpoint(
        "GET",
        "/api/check-ins.csv",
        read_check_ins_table,
        who="patient",
        media="text/csv",
        query=("from", "to"),
        problems=(403, 422),
    ),
    _of_summary("summary.pdf", read_summary_pdf, "application/pdf"),
    _of_summary("summary.fhir.json", read_summary_fhir, "application/fhir+json"),
]
