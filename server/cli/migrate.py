"""`python -m server migrate`: brings the database to this version's tables."""

import argparse
import asyncio

from server.base.settings import WrongSettings, read_settings
from server.database import service as database


def main(arguments: list[str]) -> int:
    """0 when the database is up to date; 1 with one line where it could not be brought there."""
    parser = argparse.ArgumentParser("python -m server migrate", description="Brings the database to this version.")
    parser.add_argument("--make", metavar="NAME", help="for developers: write the migration that the models ask for")
    asked = parser.parse_args(arguments)
    try:
        if asked.make:
            print(asyncio.run(database.make_migrations(asked.make)) or "The models ask for no migration.")
            return 0
        done = asyncio.run(database.migrate(read_settings()))
    except (WrongSettings, database.Damaged, *database.Unsuitable) as refusal:
        print(f"interlude: {refusal}")
        return 1
    print("\n".join(f"applied {name}" for name in done) or "The database is up to date.")
    return 0
