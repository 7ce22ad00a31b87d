"""The floor as a process of its own: `python -m server.cli.floor.serve <port> <database URL>`."""

import asyncio
import sys
from pathlib import Path

import uvloop

from server.base.clock import load_zones
from server.cli.floor.app import Store, serve
from server.cli.floor.postgres import Postgres
from server.cli.floor.sqlite import Sqlite
from server.cli.serving import collector


async def store_of(url: str) -> Store:
    """The floor's store in the database that `url` names."""
    if url.startswith("sqlite:///"):
        return Sqlite(Path(url.removeprefix("sqlite:///")))
    return await Postgres.open(url)


async def _main(port: int, url: str) -> None:
    load_zones()
    collector.calm()
    await serve(await store_of(url), port)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main(int(sys.argv[1]), sys.argv[2]))
