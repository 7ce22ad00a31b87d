"""What an account may be, how long a sign-in lives, and when a code is right. Pure."""

import hmac
import re
from datetime import datetime, time, timedelta
from typing import Annotated, Literal

import msgspec
import pyotp

from server.base.bodies import Body, zone_faults
from server.base.errors import Conflict, Fault, Forbidden, Unauthenticated

Role = Literal["patient", "therapist"]
Mail = Annotated[str, msgspec.Meta(max_length=254)]
END = r"$(?!\n)"  # Python's `$` alone also matches before a last line break
NewMail = Annotated[
    str, msgspec.Meta(pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+\.[^\s@.\x00-\x1f]+" + END, max_length=254)
]
Password = Annotated[str, msgspec.Meta(max_length=1000)]
# NIST SP 800-63B-4 section 3.1.1.2: 15 characters where nothing stands beside the password; no composition rules.
NewPassword = Annotated[str, msgspec.Meta(min_length=15, max_length=1000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Zone = Annotated[str, msgspec.Meta(max_length=64)]
LocalTime = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length=5)]
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}(-[A-Z]{2})?" + END, max_length=6)]
Code = Annotated[str, msgspec.Meta(max_length=40)]

FRESH = timedelta(minutes=5)
ABSOLUTE = {"patient": timedelta(days=30), "therapist": timedelta(hours=12)}
IDLE = {"patient": timedelta(days=14), "therapist": timedelta(minutes=30)}
SEEN_STEP = {"patient": timedelta(hours=1), "therapist": timedelta(minutes=1)}
TOTP_STEP_S = 30

_UNSEEN = re.compile("[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_NOTHING_SEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_COMMON = ("password", "passwort", "contraseña", "qwerty", "asdfgh", "zxcvbn", "letmein", "iloveyou", "interlude")
_RUNS = ("01234567890" * 10, "abcdefghijklmnopqrstuvwxyz" * 5, "qwertyuiopasdfghjklzxcvbnm" * 5)


class AddressTaken(Conflict):
    name, title = "address-taken", "There is already an account with this address"


class WrongCredentials(Unauthenticated):
    name, title = "wrong-credentials", "The address or the password is not right"


class CodeNeeded(Unauthenticated):
    name, title = "code-needed", "A code from your second factor is needed"


class WrongRole(Forbidden):
    name, title = "wrong-role", "This belongs to the other kind of account"


class OtherAccount(Conflict):
    """The device believes to be somebody else's than its cookie: nothing is read or written under the wrong name."""

    name, title = "other-account", "This device is signed in as somebody else"


class RegistrationClosed(Forbidden):
    name, title = "registration-closed", "New accounts are made by invitation here"


class StepUpNeeded(Forbidden):
    name, title = "step-up-needed", "Say your password again before this"


class NewAccount(Body):
    """Who registers. `adult` must be true."""

    email: NewMail
    password: NewPassword
    role: Role
    name: Name
    zone: Zone
    adult: bool


class Credentials(Body):
    """What signs in."""

    email: Mail
    password: Password
    code: Code | msgspec.UnsetType | None = msgspec.UNSET


class Proof(Body):
    """What proves again who holds a signed-in device; a code is one of a second factor, or a recovery code."""

    password: Password | msgspec.UnsetType | None = msgspec.UNSET
    code: Code | msgspec.UnsetType | None = msgspec.UNSET


class AccountChanges(Body):
    """What may be changed of an account."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    zone: Zone | msgspec.UnsetType = msgspec.UNSET
    day_starts_at: LocalTime | msgspec.UnsetType = msgspec.UNSET
    language: Language | msgspec.UnsetType = msgspec.UNSET


class Erasure(Body):
    """What erases an account."""

    password: Password


class Nothing(Body):
    """An empty body, `{}`."""


class CodeBody(Body):
    """A code from a second factor."""

    code: Code


def new_account_faults(body: NewAccount) -> list[Fault]:
    """What is wrong with a registration beyond its types."""
    faults = zone_faults(body.zone) + _blank_faults(body.name)
    if _is_guessable(body.password, body.email):
        faults.append(Fault("/password", "is among the first that somebody would try"))
    if not body.adult:
        faults.append(Fault("/adult", "must be true: the journal is for adults"))
    return faults


def changed_account_faults(body: AccountChanges) -> list[Fault]:
    """What is wrong with the changes of an account beyond their types."""
    return zone_faults(body.zone) + _blank_faults(body.name)


def _blank_faults(name: str | msgspec.UnsetType) -> list[Fault]:
    if not isinstance(name, str):
        return []
    if _UNSEEN.search(name):
        return [Fault("/name", "must not hold line breaks or marks that turn the direction of writing")]
    return [Fault("/name", "must not be blank")] if not _NOTHING_SEEN.sub("", name) else []


def _is_guessable(password: str, mail: str) -> bool:
    """Whether little is left of a password once common words, runs of keys, repeats and the address are taken out."""
    rest = password.lower()
    if rest in (rest + rest)[1:-1]:  # one part, repeated
        return True
    for word in (*_COMMON, mail.lower(), *re.split(r"[@.]", mail.lower())):
        if len(word) >= 4:
            rest = rest.replace(word, "")
    rest = re.sub(r"(.)\1{2,}", r"\1", re.sub(r"\d+$|^\d+", "", rest))
    return len(rest) < 6 or any(rest in run or rest in run[::-1] for run in _RUNS)


def is_living(role: str, now: datetime, created_at: datetime, seen_at: datetime) -> bool:
    """Whether a sign-in still counts: patients 30 days and 14 idle, therapists 12 hours and 30 minutes idle."""
    return now < created_at + ABSOLUTE[role] and now < seen_at + IDLE[role]


def is_fresh(now: datetime, proved_at: datetime) -> bool:
    """Whether a proof was given within the last 5 minutes.

    Clocks of several processes may differ by as much; a proof from further ahead is one of a clock that was wrong.
    """
    return abs(now - proved_at) < FRESH


def matching_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The time step for which `code` is right: the present or a neighbour, later than the last used (RFC 6238)."""
    digits = code.replace(" ", "")
    if len(digits) != 6 or not (digits.isascii() and digits.isdecimal()):
        return None
    present = int(now.timestamp()) // TOTP_STEP_S
    generator = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if step > last_step and hmac.compare_digest(generator.generate_otp(step), digits):
            return step
    return None


def normal_code(code: str) -> str:
    """A recovery code as it is hashed: without spaces, hyphens and case."""
    return re.sub(r"[\s-]", "", code).upper()


def is_guessable(code: str) -> bool:
    """Whether `code` is short enough to be found by trying; a recovery code (15 of 32 letters) is not."""
    return len(normal_code(code)) < 15


def local_time(text: str) -> time:
    """A wall time written `HH:MM`."""
    return time.fromisoformat(text)
