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

__all__ = ["NotSent", "Unreachable", "close_mail", "is_open", "open_mail", "origin", "send"]

_TIMEOUT_S, _DEADLINE_S = 10.0, 30.0


class NotSent(Exception):
    """Nobody took the letter, or nobody said that they did; the text names the kind of fault and no address."""


class Unreachable(NotSent):
    """Nobody is there to take letters: the next one fares no better."""


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
    """Hands one letter over. Raises NotSent, Unreachable."""
    office = _opened[0].office
    made = message(office, to, subject, text, letter_id).as_bytes()
    try:
        await asyncio.wait_for(_in_a_thread(office, to, made), _DEADLINE_S)
    except smtplib.SMTPException as fault:
        raise NotSent(type(fault).__name__) from None
    except OSError as fault:  # a time-out, too
        raise Unreachable(type(fault).__name__) from None


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
        except (OSError, ValueError, smtplib.SMTPException) as wrong:
            fault = wrong
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell, fault)

    threading.Thread(target=run, name="letter", daemon=True).start()
    await done


def _hand_over(office: Office, to: str, letter: bytes) -> None:
    context = ssl.create_default_context()
    if office.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(office.host, office.port, timeout=_TIMEOUT_S, context=context)
    else:
        client = smtplib.SMTP(office.host, office.port, timeout=_TIMEOUT_S)
    try:
        if office.scheme == "smtp" and not is_loopback(office.host):
            client.starttls(context=context)  # refused: an address and a password don't go in the clear
        if office.user:
            client.login(office.user, office.password)
        client.sendmail(office.sender, [to], letter)
    finally:
        with suppress(OSError, smtplib.SMTPException):  # it was taken or not: how the two part says nothing of that
            client.quit()
