"""The wire of accounts, sign-ins and second factors."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.accounts import factors, guard, known_devices, step_ups
from server.accounts import service as accounts
from server.accounts.rules import (
    AccountChanges,
    CodeBody,
    Credentials,
    Erasure,
    NewAccount,
    Nothing,
    Proof,
    RegistrationClosed,
)
from server.base import web
from server.base.settings import Settings

KNOWN = "-known"  # stays when a sign-in runs out, and goes when its person signs out
SignIns = Annotated[list[accounts.SignInAnswer], msgspec.Meta(title="SignIns")]


async def register(request: Request) -> Response:
    """POST /api/accounts. 201, signed in; 403 by invitation only; 409 address taken; 422; 429."""
    settings: Settings = request.app.state.settings
    if settings.registration != "open":
        raise RegistrationClosed()
    body = await web.read(request, NewAccount)
    account = await accounts.register(body, _network(request), settings.rate_limits, web.now(request))
    return await _signed_in(request, account.id)


async def sign_in(request: Request) -> Response:
    """POST /api/sign-ins. 201; 401 wrong credentials or code needed; 429."""
    body = await web.read(request, Credentials)
    settings: Settings = request.app.state.settings
    mark = web.cookie(request, guard.cookie_name(settings) + KNOWN)
    account_id = await accounts.authenticated(body, _network(request), mark, settings.rate_limits, web.now(request))
    return await _signed_in(request, account_id)


async def list_sign_ins(request: Request) -> Response:
    """GET /api/sign-ins. 200: the devices that are signed in."""
    asker = guard.account(request)
    return web.json(await accounts.sign_ins(asker.account_id, asker.sign_in_id, web.now(request)))


async def end_sign_in(request: Request) -> Response:
    """DELETE /api/sign-ins/{sign_in_id}. 204; 404 not yours."""
    asker = guard.account(request)
    await accounts.end_sign_in(asker.account_id, web.uuid(request, "sign_in_id"), web.now(request))
    return web.no_content()


async def sign_out(request: Request) -> Response:
    """DELETE /api/sign-ins/current. 204; the browser forgets its cache."""
    asker = guard.account(request)
    await accounts.end_sign_in(asker.account_id, asker.sign_in_id, web.now(request))
    answer = web.no_content({"Clear-Site-Data": '"cache"'})
    _drop_cookies(answer, request.app.state.settings)
    return answer


async def step_up(request: Request) -> Response:
    """POST /api/step-ups. 204: good for five minutes; 401 wrong; 422; 429."""
    asker = guard.account(request)
    body = await web.read(request, Proof)
    settings: Settings = request.app.state.settings
    await step_ups.step_up(asker.account_id, asker.sign_in_id, body, settings.rate_limits, web.now(request))
    return web.no_content()


async def lock_down(request: Request) -> Response:
    """POST /api/lockdowns. 204: every other sign-in is over, and every consent that a patient gave.

    What patients share with a therapist is theirs: a therapist's lockdown ends the other devices alone.
    """
    asker = guard.account(request)
    await accounts.lock_down(asker.account_id, asker.sign_in_id, web.now(request))
    return web.no_content()


async def read_account(request: Request) -> Response:
    """GET /api/account. 200."""
    return web.json(await accounts.read(guard.account(request).account_id))


async def change_account(request: Request) -> Response:
    """PATCH /api/account. 200; 422."""
    asker = guard.account(request)
    body = await web.read(request, AccountChanges)
    return web.json(await accounts.change(asker.account_id, body, web.now(request)))


async def erase_account(request: Request) -> Response:
    """DELETE /api/account. 204; 401 wrong password; 409 within 6 hours after a session; 429."""
    asker = guard.account(request)
    body = await web.read(request, Erasure)
    settings: Settings = request.app.state.settings
    await accounts.erase(asker.account_id, body.password, settings.rate_limits, web.now(request))
    answer = web.no_content({"Clear-Site-Data": '"cache"'})
    _drop_cookies(answer, settings)
    return answer


async def enrol_totp(request: Request) -> Response:
    """POST /api/factors/totp. 201: the secret, shown once; 403 step-up needed to replace one."""
    asker = guard.account(request)
    await web.read(request, Nothing)
    mail, now = (await accounts.read(asker.account_id)).email, web.now(request)
    started = await guard.while_signed_in(asker, lambda: factors.enrol(asker.account_id, mail, asker.proved_at, now))
    return web.json(started, 201)


async def confirm_totp(request: Request) -> Response:
    """POST /api/factors/totp/{factor_id}/confirm. 200: recovery codes, shown once; 404; 422 wrong code."""
    asker = guard.account(request)
    body = await web.read(request, CodeBody)
    factor_id, now = web.uuid(request, "factor_id"), web.now(request)
    return web.json(
        await guard.while_signed_in(asker, lambda: factors.confirm(asker.account_id, factor_id, body.code, now))
    )


async def _signed_in(request: Request, account_id: str) -> Response:
    device = request.headers.get("user-agent", "a program")[:200]
    account, token, lives_s = await accounts.sign_in(account_id, device, web.now(request))
    answer = web.json(account, 201)
    settings: Settings = request.app.state.settings
    _set_cookie(answer, settings, known_devices.new_mark(account.email), known_devices.KNOWN_S, KNOWN)
    _set_cookie(answer, settings, token, lives_s)
    return answer


def _set_cookie(answer: Response, settings: Settings, token: str, lives_s: int, of: str = "") -> None:
    name = guard.cookie_name(settings) + of
    answer.set_cookie(
        name, token, max_age=lives_s, path="/", secure=settings.is_secure, httponly=True, samesite="strict"
    )


def _drop_cookies(answer: Response, settings: Settings) -> None:
    """Nothing in the browser tells any more that somebody was signed in."""
    for of in (KNOWN, ""):
        _set_cookie(answer, settings, "", 0, of)


def _network(request: Request) -> str | None:
    return request.client.host if request.client else None


Account, SIGN_IN = accounts.AccountAnswer, "/api/sign-ins"

routes = [
    web.endpoint(
        "POST",
        "/api/accounts",
        register,
        who="anyone",
        body=NewAccount,
        answer=Account,
        status=201,
        problems=(409, 429),
    ),
    web.endpoint(
        "POST", SIGN_IN, sign_in, who="anyone", body=Credentials, answer=Account, status=201, problems=(401, 429)
    ),
    web.endpoint("GET", SIGN_IN, list_sign_ins, who="account", answer=SignIns),
    web.endpoint("DELETE", f"{SIGN_IN}/current", sign_out, who="account", status=204),
    web.endpoint("DELETE", SIGN_IN + "/{sign_in_id}", end_sign_in, who="account", status=204, problems=(404,)),
    web.endpoint("POST", "/api/step-ups", step_up, who="account", body=Proof, status=204, problems=(429,)),
    web.endpoint("POST", "/api/lockdowns", lock_down, who="account", status=204),
    web.endpoint("GET", "/api/account", read_account, who="account", answer=Account),
    web.endpoint("PATCH", "/api/account", change_account, who="account", body=AccountChanges, answer=Account),
    web.endpoint("DELETE", "/api/account", erase_account, who="account", body=Erasure, status=204, problems=(409, 429)),
    web.endpoint(
        "POST", "/api/factors/totp", enrol_totp, who="account", body=Nothing, answer=factors.Enrolment, status=201
    ),
    web.endpoint(
        "POST",
        "/api/factors/totp/{factor_id}/confirm",
        confirm_totp,
        who="account",
        body=CodeBody,
        answer=factors.RecoveryCodes,
        problems=(404,),
    ),
]
