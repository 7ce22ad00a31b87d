"""`python -m server vendor`: the browser libraries under static/vendor, fetched from npm and held to their hashes."""

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR_DIR = Path(__file__).resolve().parents[2] / "static" / "vendor"
LOCK_NAME = "vendor.lock"


@dataclass(frozen=True)
class Package:
    """One npm package at one version; `files` maps a path in the package to our file name."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


PACKAGES = (
    Package("preact", "11.2.0", "MIT", {
        "dist/preact.mjs": "preact.js", "hooks/dist/hooks.mjs": "preact-hooks.js", "LICENSE": "licences/preact.txt"}),
    Package("htm", "3.1.1", "Apache-2.0", {"dist/htm.mjs": "htm.js", "LICENSE": "licences/htm.txt"}),
    Package("@preact/signals", "2.11.4", "MIT", {
        "dist/signals.mjs": "signals.js", "LICENSE": "licences/signals.txt"}),
    Package("@preact/signals-core", "1.14.5", "MIT", {
        "dist/signals-core.mjs": "signals-core.js", "LICENSE": "licences/signals-core.txt"}),
    Package("idb", "8.0.4", "ISC", {"build/index.js": "idb.js", "LICENSE": "licences/idb.txt"}),
)  # fmt: skip

# Which file stands for a bare import; a browser without an import map cannot resolve the name itself.
NEIGHBOURS = {
    "preact": "./preact.js",
    "preact/hooks": "./preact-hooks.js",
    "@preact/signals-core": "./signals-core.js",
}
IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'./][^"']*)\2""")
SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S*\s*$")


def relative(source: str) -> str:
    """`source` with bare imports turned into neighbours and without its source map line; LookupError for a stranger."""

    def neighbour(found: re.Match[str]) -> str:
        before, quote, name = found.groups()
        if name not in NEIGHBOURS:
            raise LookupError(f"nothing in static/vendor stands for the import of {name!r}")
        return f"{before}{quote}{NEIGHBOURS[name]}{quote}"

    return IMPORT.sub(neighbour, SOURCE_MAP.sub("\n", source))


def faults(folder: Path) -> list[str]:
    """What differs between `folder` and its lock, a sentence each, the file named; empty when all is as locked."""
    try:
        lock = json.loads((folder / LOCK_NAME).read_text())
    except FileNotFoundError:
        return [f"{LOCK_NAME} is missing"]
    known = {name: digest for package in lock["packages"] for name, digest in package["files"].items()}
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {LOCK_NAME}
    found = [f"{name} is missing" for name in sorted(known.keys() - present)]
    found += [f"{name} is not in {LOCK_NAME}" for name in sorted(present - known.keys())]
    for name in sorted(known.keys() & present):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != known[name]:
            found.append(f"{name} has changed since it was fetched")
    stated = [(p["name"], p["version"]) for p in lock["packages"]]
    if stated != [(p.name, p.version) for p in PACKAGES]:
        found.append(f"{LOCK_NAME} lists other versions than server/cli/vendor.py")
    return found


def _npm(*arguments: str) -> str:
    # npm is found on the PATH; its arguments come from the table above.
    command = ["npm", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _integrity_of(archive: Path) -> str:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    return "sha512-" + base64.b64encode(digest).decode()


def _fetch(package: Package, into: Path, expected: str | None) -> tuple[Path, str]:
    """The package's archive and its integrity; ValueError where npm, the archive and the lock do not agree."""
    wanted = f"{package.name}@{package.version}"
    stated = _npm("view", wanted, "dist.integrity")
    archive = into / _npm("pack", wanted, "--silent", "--pack-destination", str(into)).splitlines()[-1]
    measured = _integrity_of(archive)
    if measured != stated:
        raise ValueError(f"{wanted}: the archive is not what npm says it is")
    if expected is not None and measured != expected:
        raise ValueError(f"{wanted}: npm now serves something else than {LOCK_NAME} was made from")
    return archive, measured


def _unpack(package: Package, archive: Path, folder: Path) -> dict[str, str]:
    """Writes the package's files into `folder`; answers sha256 by our file name."""
    digests = {}
    with tarfile.open(archive) as tar:
        for inside, ours in package.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise ValueError(f"{package.name}: {inside} is not a file")
            text = member.read().decode()
            content = (relative(text) if ours.endswith(".js") else text).encode()
            target = folder / ours
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            digests[ours] = hashlib.sha256(content).hexdigest()
    return digests


def refresh(folder: Path) -> None:
    """Fetches every package afresh and writes the files and their lock; nothing is written when one does not agree."""
    lock_path = folder / LOCK_NAME
    old = json.loads(lock_path.read_text())["packages"] if lock_path.exists() else []
    expected = {(p["name"], p["version"]): p["integrity"] for p in old}
    with tempfile.TemporaryDirectory() as scratch:
        fetched = [(p, *_fetch(p, Path(scratch), expected.get((p.name, p.version)))) for p in PACKAGES]
        entries = [
            {"name": p.name, "version": p.version, "licence": p.licence, "integrity": integrity,
             "files": _unpack(p, archive, folder)}
            for p, archive, integrity in fetched
        ]  # fmt: skip
    lock_path.write_text(json.dumps({"packages": entries}, indent=2) + "\n")


def main(argv: list[str]) -> int:
    """Refreshes static/vendor, or with --check compares it with its lock, offline; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m server vendor", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare the files with vendor.lock, offline")
    if not parser.parse_args(argv).check:
        try:
            refresh(VENDOR_DIR)
        except FileNotFoundError:
            print("vendor: npm is needed to refresh; it was not found", file=sys.stderr)
            return 1
        except (LookupError, ValueError) as fault:
            print(f"vendor: {fault}", file=sys.stderr)
            return 1
        except subprocess.CalledProcessError as fault:
            print(f"vendor: npm failed: {fault.stderr.strip()}", file=sys.stderr)
            return 1
    wrong = faults(VENDOR_DIR)
    for fault_found in wrong:
        print(f"static/vendor: {fault_found}", file=sys.stderr)
    if not wrong:
        print(f"static/vendor: {len(PACKAGES)} packages, every file as locked")
    return 1 if wrong else 0
