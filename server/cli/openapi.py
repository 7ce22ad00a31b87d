"""`python -m server openapi`: prints the description of every route, to write other software against."""

import argparse
import json

from server.app import endpoints
from server.base.openapi import document


def main(arguments: list[str]) -> int:
    """0, with the document (OpenAPI 3.1, JSON) on standard output."""
    argparse.ArgumentParser(
        "python -m server openapi", description="Prints the description of every route (OpenAPI 3.1)."
    ).parse_args(arguments)
    print(json.dumps(document(endpoints()), indent=2, ensure_ascii=False))
    return 0
