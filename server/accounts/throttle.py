"""Counting tries per account and per network in the database, so that every process counts the same."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from server.base.clock import milliseconds
from server.base.errors import TooMany
from server.database import service as database
from server.vault import service as vault

SIGN_IN_ACCOUNT = (30, timedelta(minutes=15))
SIGN_IN_ACCOUNT_NETWORK = (10, timedelta(minutes=15))  # so that one network does not keep the owner out of others
ERASE_ACCOUNT = STEP_UP_ACCOUNT = (10, timedelta(minutes=15))
CODE_ACCOUNT = (10, timedelta(days=1))  # six digits and three steps: 1 % in a year for whoever has the password
SIGN_IN_NETWORK = (100, timedelta(minutes=15))
REGISTER_NETWORK = (40, timedelta(hours=1))
# A span that ends later than one that begins now was begun by a clock that was ahead: nobody waits for that clock.
_OVER = "(attempt.ends_at <= ?3 OR attempt.ends_at > excluded.ends_at)"


def network_of(host: str | None) -> str:
    """The network a request came from: a /24 for IPv4, also where it is mapped into IPv6; a /64 for IPv6."""
    try:
        address = ip_address(host or "")
    except ValueError:
        return "unknown"
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{address}/{24 if address.version == 4 else 64}", strict=False))


@database.transaction
async def count(name: str, allowed: tuple[int, timedelta], now: datetime) -> None:
    """Counts one try under `name`. Raises TooMany beyond the allowed number in the span."""
    most, span = allowed
    at = milliseconds(now)
    row = await database.fetch_one(
        "INSERT INTO attempt (bucket, count, ends_at) VALUES (?1, 1, ?2)"
        " ON CONFLICT (bucket) DO UPDATE SET"
        f" count = CASE WHEN {_OVER} THEN 1 ELSE attempt.count + 1 END,"
        f" ends_at = CASE WHEN {_OVER} THEN excluded.ends_at ELSE attempt.ends_at END"
        " RETURNING count, ends_at",
        vault.mail_index(name),
        at + int(span.total_seconds() * 1000),
        at,
    )
    if row and row["count"] > most:
        raise TooMany((row["ends_at"] - at) // 1000 + 1)


@database.transaction
async def take_back(name: str) -> None:
    """Takes back one try that went well, and leaves those that did not."""
    sql = "UPDATE attempt SET count = count - 1 WHERE bucket = ?1 AND count > 0"
    await database.execute(sql, vault.mail_index(name))


@database.transaction
async def forget(name: str) -> None:
    """Starts the count of `name` anew, after a success."""
    await database.execute("DELETE FROM attempt WHERE bucket = ?1", vault.mail_index(name))


@database.transaction
async def sweep(now: datetime) -> None:
    """Removes counts whose span is over."""
    await database.execute("DELETE FROM attempt WHERE ends_at <= ?1", milliseconds(now))
