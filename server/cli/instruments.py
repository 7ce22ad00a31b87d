"""`python -m server instruments`: lists the questionnaires, or loads the licensed words of one."""

import argparse
import sys
from pathlib import Path

from server.base.settings import read_settings
from server.cli.serve import REFUSALS
from server.measures import service as measures


def main(arguments: list[str]) -> int:
    """0 with a line for each instrument, or for the pack that was loaded; 1 with one line where it can't be."""
    parser = argparse.ArgumentParser(
        "python -m server instruments", description="Lists the questionnaires, or loads the licensed words of one."
    )
    acts = parser.add_subparsers(dest="act")
    acts.add_parser("list", help="every instrument, and whether it can be filled in here")
    load = acts.add_parser("load", help="keep the words of an instrument whose licence you hold")
    load.add_argument("pack", type=Path, help="a JSON file: instrument, version, title, stem, items")
    load.add_argument("--sha256", help="the hash of the exact words, once you have compared them with your copy")
    asked = parser.parse_args(arguments)
    try:
        settings = read_settings()
        if asked.act == "load":
            loaded = measures.keep_pack(settings, asked.pack.read_bytes(), asked.sha256)
            print(f"{loaded.title} can be filled in from the next start on.")
            return 0
        measures.open_library(settings)
    except (OSError, *REFUSALS) as refusal:
        print(f"interlude: {refusal}", file=sys.stderr)
        return 1
    offered = measures.offered()
    for each in measures.instruments():
        state = "ready" if each.has_text else "waits for its pack"
        print(f"{each.id:<10} {len(each.items):>2} items  {state if each in offered else 'not offered'}")
    return 0
