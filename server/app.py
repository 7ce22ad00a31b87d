"""Puts everything together; the only module that knows all."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from server import health
from server.accounts import guard
from server.accounts import routes as account_routes
from server.accounts import service as accounts
from server.assets import asset_routes, static_dir
from server.base import errors, openapi, web
from server.base.clock import Clock, load_zones, system_clock
from server.base.middleware import Surround
from server.base.settings import Settings
from server.base.web import DeclaredRoute, Endpoint
from server.database import service as database
from server.export import routes as export_routes
from server.jobs import Jobs
from server.journal import routes as journal_routes
from server.journal import service as journal
from server.mail import service as mail
from server.measures import routes as measure_routes
from server.measures import service as measures
from server.push import routes as push_routes
from server.push import service as push
from server.reading_hours import routes as reading_hours_routes
from server.reading_hours import service as reading_hours
from server.records import routes as record_routes
from server.records import service as records
from server.reminders import routes as reminder_routes
from server.reminders import service as reminders
from server.safety import routes as safety_routes
from server.safety import service as safety
from server.sharing import routes as sharing_routes
from server.sharing import service as sharing
from server.summaries import routes as summary_routes
from server.treatment import routes as treatment_routes
from server.treatment import service as treatment
from server.vault import service as vault

log = logging.getLogger("interlude")


def declared_routes() -> list[DeclaredRoute]:
    """Every route of the API; those that phones ask for most come first, as routes are tried in turn."""
    return [
        *record_routes.routes,
        *journal_routes.routes,
        *account_routes.routes,
        *treatment_routes.routes,
        *measure_routes.routes,
        *summary_routes.routes,
        *export_routes.routes,
        *push_routes.routes,
        *reminder_routes.routes,
        *sharing_routes.routes,
        *reading_hours_routes.routes,
        *safety_routes.routes,
        *health.routes,
        web.endpoint("GET", "/api/openapi.json", read_openapi, who="anyone", answer=dict[str, Any]),
    ]


def endpoints() -> list[Endpoint]:
    """What every route of the API takes and answers."""
    return [route.declared for route in declared_routes()]


async def read_openapi(request: Request) -> Response:
    """GET /api/openapi.json. 200: this document."""
    return web.json(_document())


@cache
def _document() -> msgspec.Raw:
    """Made once: it takes 30 ms, and anybody may ask."""
    return msgspec.Raw(msgspec.json.encode(openapi.document(endpoints())))


def create_app(settings: Settings, clock: Clock = system_clock, http: Any = None) -> Starlette:
    """The application. `clock` and `http` (the transport of pushes) are the edges that tests replace."""
    app = Starlette(
        routes=[*declared_routes(), *asset_routes(static_dir(), settings.data_dir / "cache")], lifespan=_lifespan
    )
    app.router.redirect_slashes = False
    app.build_middleware_stack = lambda: Surround(app.router, settings, _answer_to)  # type: ignore[method-assign]
    app.state.settings, app.state.clock, app.state.admit, app.state.http = settings, clock, guard.admit, http
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    """What requests and jobs share is open while the app runs; jobs end before it closes."""
    state = app.state
    async with opened(state.settings), AsyncExitStack() as stack:
        mail.open_mail(state.settings)
        stack.callback(mail.close_mail)
        await push.open_push(state.settings, state.clock, state.http)
        stack.push_async_callback(push.close_push)
        jobs = Jobs(state.clock, [accounts.sweep, reading_hours.sweep])
        jobs.start()
        stack.push_async_callback(jobs.drain)
        yield


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[None]:
    """Opens the database and the vault, and hands every folder what it needs; closes them again."""
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(load_zones)
        await database.open_database(settings, database.MODELS)
        stack.push_async_callback(database.close)
        await database.require_present_schema()
        told = await vault.open_vault(settings, await accounts.exist())
        stack.push_async_callback(vault.close)
        if told:
            log.warning(told)
        await asyncio.to_thread(measures.open_library, settings)
        await asyncio.to_thread(lambda: safety.open_directory(static_dir()))
        connect_folders()
        await accounts.finish_erasures()
        yield


def connect_folders() -> None:
    """Hands the lower floors what they need of the higher ones: kinds of record, and verbs to run at their acts."""
    records.use_kinds(
        journal.CHECK_IN, journal.QUESTION, treatment.TREATMENT_SESSION, treatment.COURSE, treatment.MEDICATION,
        treatment.MEETING, treatment.WATCH, measures.RESPONSE, safety.HELP_REQUEST, safety.SAFETY_PLAN,
    )  # fmt: skip
    accounts.when_days_turn(records.redate)
    accounts.when_days_turn(reminders.days_turn)
    for kind in (measures.RESPONSE, safety.HELP_REQUEST):
        records.when_kept(kind.name, safety.heed)
    for kind in (measures.RESPONSE, treatment.TREATMENT_SESSION):
        records.when_kept(kind.name, reminders.replan)
    safety.ask_for_recipients(sharing.recipients)
    accounts.before_erasing(sharing.prepare_erasing)
    accounts.when_signed_out(push.forget_device)
    accounts.at_lockdown(push.forget_other_devices)
    accounts.at_lockdown(sharing.withdraw_all)


def _answer_to(scope: Scope, error: Exception) -> Response:
    """Every refusal as a problem; our own fault as a plain one that tells nothing of its cause."""
    problem = error if isinstance(error, errors.Problem) else errors.Problem()
    if isinstance(error, HTTPException):  # what Starlette itself refuses: an unknown path, a wrong method
        known = {404: errors.NotFound, 405: errors.WrongMethod, 413: errors.TooLarge}.get(error.status_code)
        problem = known() if known else errors.Malformed(error.detail)
        problem.headers = dict(error.headers or {})
        if error.status_code == 405:
            problem.headers["Allow"] = ", ".join(sorted(_methods_at(scope)))
    answer = web.json(problem.document(), problem.status, problem.headers)
    answer.headers["content-type"] = "application/problem+json"
    return answer


def _methods_at(scope: Scope) -> set[str]:
    """What the routes at this path take together (RFC 9110 section 15.5.6): Starlette names those of the first."""
    routes = (route for route in scope["app"].routes if route.matches(scope)[0] is not Match.NONE)
    return {method for route in routes for method in route.methods}
