"""Checks the types that the browser's modules state in their comments: `tsc --checkJs` over static/tsconfig.json."""

import subprocess

from tests.node import ROOT, Unavailable, node_and_npm, package

VERSION = "5.9.3"
INTEGRITY = "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw=="


def main() -> int:
    """tsc's own exit code; 3 where it can't be run."""
    try:
        node, _ = node_and_npm()
        compiler = package("typescript", VERSION, INTEGRITY, "package/lib") / "tsc.js"
    except Unavailable as fault:
        print(fault)
        return 3
    return subprocess.run([node, str(compiler), "-p", str(ROOT / "static")], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
