"""The command line: `python -m server <command>`, also installed as `interlude`."""

from __future__ import annotations

import sys

from server import bootstrap

TYPE_CHECKING = False  # importing `typing` would cost every start some milliseconds
if TYPE_CHECKING:
    from collections.abc import Sequence

# One line each; the command itself is `main` of server/cli/<name>.py, imported when it is asked for.
COMMANDS = {
    "serve": "answer requests and send reminders",
    "demo": "serve a made-up story, kept in a folder of its own",
    "migrate": "bring the database to this version's tables",
    "keys": "show, add or rotate master keys",
    "instruments": "list the questionnaires, or load the licensed words of one",
    "openapi": "print the description of every route (OpenAPI 3.1)",
    "bench": "measure how fast it is, beside the least it could cost",
    "vendor": "fetch the browser libraries again, or --check them offline",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit status; 2 where there is no such command."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if not asked or asked[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if asked else 2
    name, rest = asked[0], asked[1:]
    if name not in COMMANDS:
        print(f"interlude: there is no command {name!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    bootstrap.ensure("server", "runtime")
    from importlib import import_module

    return int(import_module(f"server.cli.{name}").main(rest))


def usage() -> str:
    """Every command with what it does."""
    listed = [f"  {name:<11} {does}" for name, does in COMMANDS.items()]
    return "\n".join(["usage: python -m server <command> [--help]", "", *listed])


if __name__ == "__main__":
    raise SystemExit(main())
