"""Devices on which somebody has signed in before: what a stranger tries elsewhere keeps nobody out there.

The device holds the mark, the server nothing: a random number, and a keyed hash of it with the address.
"""

import hmac
from datetime import timedelta
from secrets import token_hex

from server.vault import service as vault

KNOWN_S = int(timedelta(days=365).total_seconds())


def new_mark(mail: str) -> str:
    """What a device keeps on which the person with this address signed in."""
    return _mark(mail, token_hex(16))


def number_of(mark: str, mail: str) -> str:
    """The number of a device that is known to this address; empty where it is not."""
    number = mark.partition(".")[0]
    return number if hmac.compare_digest(mark.encode(), _mark(mail, number).encode()) else ""


def _mark(mail: str, number: str) -> str:
    return f"{number}.{vault.mail_index(f'known device {mail.strip()} {number}')}"
