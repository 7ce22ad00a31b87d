"""The door: whether letters can leave here, and sending one. Python's own client in a thread: letters are few."""

import asyncio
import smtplib
import ssl
import threading
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from server.base.settings import Settings, is_loopback
from server.mail.rules import Office, message, office_of

__all__ = ["MaybeSent", "NotSent", "Unreachable", "close_mail", "is_open", "open_mail", "origin", "send"]

_TIMEOUT_S = 10.0
_TAKEN_WITHIN_S = 180.0  # once somebody is there: a letter may go through a filter before it is said to be taken
_DEADLINE_S = 240.0


class NotSent(Exception):
    """Nobody took the letter; the text names the kind of fault and no address."""


class Unreachable(NotSent):
    """Nobody is there to take letters, or lets this installation in: the next one fares no better."""


class MaybeSent(NotSent):
    """Nobody said whether the letter was taken: another try may be a second letter."""


class _Opened(NamedTuple):
    office: Office
    origin: str


_opened: list[_Opened] = []  # one, where letters can leave


def open_mail(settings: Settings) -> None:
    """Takes the office from the settings, which have been checked; without one no letter can leave."""
    _opened.clear()
    if settings.smtp_url:
        host = urlsplit(settings.origin).hostname or "localhost"
        _opened.append(_Opened(office_of(urlsplit(settings.smtp_url), host), settings.origin))


def close_mail() -> None:
    """No letter leaves any more."""
    _opened.clear()


def is_open() -> bool:
    """Whether letters can leave here."""
    return bool(_opened)


def origin() -> str:
    """The address of this journal, as a letter names it."""
    return _opened[0].origin


async def send(to: str, subject: str, text: str, letter_id: str) -> None:
    """Hands one letter over, within four minutes. Raises NotSent where it was refused, Unreachable, MaybeSent."""
    office = _opened[0].office
    try:
        made = message(office, to, subject, text, letter_id).as_bytes()
        await asyncio.wait_for(_in_a_thread(office, to, made), _DEADLINE_S)
    except NotSent:
        raise
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as fault:
        raise MaybeSent(type(fault).__name__) from None
    except Exception as fault:  # noqa: BLE001 - Python's headers and its client raise faults of all kinds
        raise NotSent(type(fault).__name__) from None


async def _in_a_thread(office: Office, to: str, letter: bytes) -> None:
    """A thread of its own, which no end of the process waits for: whoever takes letters may hang for minutes."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def tell(fault: Exception | None) -> None:
        if not done.done():
            done.set_exception(fault) if fault else done.set_result(None)

    def run() -> None:
        fault: Exception | None = None
        try:
            _hand_over(office, to, letter)
        except Exception as wrong:  # noqa: BLE001 - it is raised where the letter is waited for
            fault = wrong
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell, fault)

    threading.Thread(target=run, name="letter", daemon=True).start()
    await done


def _hand_over(office: Office, to: str, letter: bytes) -> None:
    try:
        client = _let_in(office)
    except (OSError, ValueError) as fault:  # ValueError: a password beyond ASCII
        raise Unreachable(type(fault).__name__) from None
    try:
        _wait(client, _TAKEN_WITHIN_S)
        client.sendmail(office.sender, [to], letter)
    finally:
        with suppress(OSError):  # it was taken or not: how the two part says nothing of that
            _wait(client, _TIMEOUT_S)
            client.quit()


def _let_in(office: Office) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if office.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(office.host, office.port, timeout=_TIMEOUT_S, context=context)
    else:
        client = smtplib.SMTP(office.host, office.port, timeout=_TIMEOUT_S)
    try:
        if office.scheme == "smtp" and not is_loopback(office.host):
            client.starttls(context=context)  # refused: an address and a password don't go in the clear
        client.ehlo_or_helo_if_needed()
        if office.user:
            client.login(office.user, office.password)
    except BaseException:
        client.close()
        raise
    return client


def _wait(client: smtplib.SMTP, seconds: float) -> None:
    if client.sock is not None:
        client.sock.settimeout(seconds)
