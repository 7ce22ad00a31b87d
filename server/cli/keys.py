"""`python -m server keys`: shows the master keys by their ids, or adds one and wraps every data key with it."""

import argparse
import asyncio
import sys

from server.app import opened
from server.base.settings import Settings, read_settings
from server.cli.serve import REFUSALS
from server.vault import service as vault


def main(arguments: list[str]) -> int:
    """0 with a line or two of what is, or of what was done; 1 with one line where it can't be."""
    parser = argparse.ArgumentParser("python -m server keys", description="Shows, or rotates, the master keys.")
    parser.add_argument(
        "act", nargs="?", choices=("show", "rotate"), default="show",
        help="show: their ids and where they are kept; rotate: add one, and wrap every data key with it",
    )  # fmt: skip
    asked = parser.parse_args(arguments)
    try:
        settings = read_settings()
        _require_made(settings)
        count = asyncio.run(_acted(settings, asked.act))
    except REFUSALS as refusal:
        print(f"interlude: {refusal}", file=sys.stderr)
        return 1
    *older, newest = _ids(settings)
    if asked.act == "rotate":
        print(f"{newest} now wraps all {count} data keys.")
        print(f"Back up {_place(settings)} again, apart from the database; its older keys open older backups.")
    else:
        print(f"{newest} wraps every new data key." + (f" Older: {', '.join(older)}." if older else ""))
        print(f"Kept in {_place(settings)}.")
    return 0


async def _acted(settings: Settings, act: str) -> int:
    """How many data keys were wrapped anew, with a ring that is known to open the keyring."""
    async with opened(settings):
        return await vault.rotate(settings) if act == "rotate" else 0


def _require_made(settings: Settings) -> None:
    """Looking must not make a ring: only a first start does."""
    if settings.master_key is None and not vault.ring_path(settings).exists():
        raise vault.WrongRing(f"{_place(settings)} is not there; the first start of `serve` makes it")


def _place(settings: Settings) -> str:
    return "INTERLUDE_MASTER_KEY" if settings.master_key else str(vault.ring_path(settings))


def _ids(settings: Settings) -> list[str]:
    """The id of each master key, in the order of the ring; never a key."""
    text = settings.master_key or vault.ring_path(settings).read_text("ascii")
    return [line.split()[0] for line in text.replace(",", "\n").splitlines() if line.strip()]
