"""Where letters leave, and how a letter looks on the way (RFC 5322). Pure."""

from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple
from urllib.parse import SplitResult, unquote

PORTS = {"smtp": 587, "smtps": 465}


class Office(NamedTuple):
    """Whoever takes letters: `smtps` from the first byte on under TLS, `smtp` from STARTTLS on."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


def office_of(parts: SplitResult, origin_host: str) -> Office:
    """The office that a URL names; letters come from its user where that is an address, else from this host."""
    user = unquote(parts.username or "")
    sender = user if "@" in user else f"interlude@{origin_host}"
    host = parts.hostname or ""
    return Office(parts.scheme, host, parts.port or PORTS[parts.scheme], user, unquote(parts.password or ""), sender)


def message(office: Office, to: str, subject: str, text: str, letter_id: str) -> EmailMessage:
    """A letter as it is handed over. A second try has the same id, so that a mailbox can tell that it is one.

    Auto-Submitted (RFC 3834) keeps machines from answering it.
    """
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = office.sender, to, subject
    made["Message-ID"] = f"<{letter_id}@{office.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, cte="quoted-printable")  # readable on the way where it is not English, too
    return made
