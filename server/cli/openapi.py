"""`python -m server openapi`: prints the description of every route, to write other software against."""

import argparse
import json
import os
import sys

from server.app import endpoints
from server.base.openapi import document


def main(arguments: list[str]) -> int:
    """0, with the document (OpenAPI 3.1, JSON) on standard output."""
    argparse.ArgumentParser(
        "python -m server openapi", description="Prints the description of every route (OpenAPI 3.1)."
    ).parse_args(arguments)
    try:
        print(json.dumps(document(endpoints()), indent=2, ensure_ascii=False), flush=True)
    except BrokenPipeError:  # whoever reads has seen enough; Python must not flush once more at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
