"""The files of the browser side: read once at the start, compressed once, and answered from memory."""

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.base.errors import NotFound

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
PRESSED = {".png", ".ico"}
"""Kinds of file that compression does not make smaller."""
ADDRESSED = ("index.html", "sw.js")
"""Files that name the version: `/v/0/` in their source becomes the present one. They stand at the root only."""
_IMPORT = re.compile(rb'^@import "(?P<name>[a-z-]+\.css)";$', re.MULTILINE)
COMMENT = re.compile(rb"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)|/\*\* @.*?\*/ ?", re.DOTALL | re.MULTILINE)
"""A comment that begins a line, or a type within one. One after code stays: it can't be told from a text so simply."""
FRESH = "no-cache"
_LARGE = 65_536  # bytes; more would hold up the loop, and one copy serves all slow readers
FOR_GOOD = "public, max-age=31536000, immutable"

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True)
class Asset:
    """One file in memory; `bodies` by content coding, `identity` where `gzip` would not give it in no time."""

    media: str
    digest: str
    bodies: dict[str, bytes]
    headers: dict[str, str] = field(default_factory=dict)

    def body(self, coding: str) -> bytes:
        """The file as it travels under `coding`. No browser asks for one as it is, so that is made anew each time."""
        return self.bodies[coding] if coding in self.bodies else gzip.decompress(self.bodies["gzip"])


def static_dir() -> Path:
    """Where the sources of the browser side stand: beside the package, at the top of the repository."""
    return Path(__file__).resolve().parents[1] / "static"


def flattened(name: str, files: Mapping[str, bytes]) -> bytes:
    """The style sheet `name` with what it imports (CSS Cascading 5, section 2) in the place of each import.

    As the browser would read it, in one request instead of one after the other. Only whole lines that name a file
    beside it are taken.
    """
    folder = name.rpartition("/")[0]
    return _IMPORT.sub(lambda found: flattened(f"{folder}/{found['name'].decode()}", files), files[name])


def uncommented(name: str, body: bytes) -> bytes:
    """A script or style sheet without its comments, a third of what would travel; each line stays in its place.

    Types and reasons are for who reads the source. A test holds every script to having no text that looks like one.
    """
    if Path(name).suffix not in {".js", ".css"}:
        return body
    return COMMENT.sub(lambda found: b"\n" * found[0].count(b"\n"), body)


def together(files: Mapping[str, bytes]) -> bytes:
    """The scripts and style sheets that pages ask for, by name, as one JSON object of texts.

    The worker keeps its shell from it: one request in the place of two hundred, and a third less to travel.
    """
    within = {
        f"{name.rpartition('/')[0]}/{found.decode()}"
        for name, body in files.items()
        if name.endswith(".css")
        for found in _IMPORT.findall(body)
    }
    names = sorted(name for name in files if name.endswith((".js", ".css")) and name not in {*within, *ADDRESSED})
    texts = {name: (flattened(name, files) if name.endswith(".css") else files[name]).decode() for name in names}
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()


def version_of(files: dict[str, bytes]) -> str:
    """16 hex digits that change when any file's name or content does."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()[:16]


def accepted(header: str) -> set[str]:
    """The content codings of an Accept-Encoding header whose weight is above 0 (RFC 9110, 12.5.3)."""
    found: set[str] = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        try:
            refused = float(weight.partition("=")[2] or 1) <= 0
        except ValueError:
            refused = True
        if not refused:
            found.add(name.strip())
    return found


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix in MEDIA)
    found = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
    return {name: uncommented(name, body) for name, body in found}


def _kept(path: Path, body: bytes, press: Callable[[bytes], bytes], unpress: Callable[[bytes], bytes]) -> bytes:
    """The compressed body, from the cache when what lies there opens to exactly `body`."""
    if path.exists():
        small = path.read_bytes()
        try:
            if unpress(small) == body:
                return small
        except (brotli.error, zlib.error, OSError, EOFError):  # torn, as a power cut leaves it
            path.unlink(missing_ok=True)
    small = press(body)
    # Two starts may write at once: each moves a whole file into place.
    scratch = path.with_name(f"{path.name}.{os.getpid()}")
    scratch.write_bytes(small)
    scratch.replace(path)
    return small


def _asset(name: str, body: bytes, cache_dir: Path) -> Asset:
    suffix = Path(name).suffix
    digest = hashlib.sha256(body).hexdigest()
    bodies: dict[str, bytes] = {}
    if suffix not in PRESSED:
        small = _kept(cache_dir / f"{digest}.gz", body, lambda b: gzip.compress(b, 9, mtime=0), gzip.decompress)
        bodies |= {"gzip": small} if len(small) < len(body) else {}
        small = _kept(cache_dir / f"{digest}.br", body, lambda b: brotli.compress(b, quality=11), brotli.decompress)
        bodies |= {"br": small} if len(small) < len(body) else {}
    if "gzip" not in bodies or len(body) > _LARGE:
        bodies["identity"] = body
    return Asset(MEDIA[suffix], digest[:20], bodies, {"Service-Worker-Allowed": "/"} if name == "sw.js" else {})


def _answer(request: Request, asset: Asset, cache_control: str) -> Response:
    wanted = accepted(request.headers.get("accept-encoding", ""))
    coding = next((c for c in ("br", "gzip") if c in asset.bodies and c in wanted), "identity")
    etag = f'"{asset.digest}-{coding}"'
    headers = asset.headers | {"ETag": etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    body = asset.body(coding)
    headers |= {"Content-Type": asset.media, "Content-Length": str(len(body))}
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(b"" if request.method == "HEAD" else body, headers=headers)


def asset_routes(folder: Path, cache_dir: Path) -> list[BaseRoute]:
    """GET and HEAD of the shell at the root (no-cache) and of every file below `/v/<version>/` (for good).

    `/v/<version>/shell.json` is `together`. Reads `folder` once; compressed forms are kept in `cache_dir`. 404 for
    another version, so that an old page never mixes with a new server.
    """
    files = _files(folder)
    version = version_of(files)
    for name in files.keys() & set(ADDRESSED):
        files[name] = files[name].replace(b"/v/0/", f"/v/{version}/".encode())
    files["shell.json"] = together(files)
    files |= {name: flattened(name, files) for name in files if name.endswith(".css")}
    cache_dir.mkdir(parents=True, exist_ok=True)
    assets = {name: _asset(name, body, cache_dir) for name, body in files.items()}

    def at(name: str) -> Endpoint:
        async def read_file(request: Request) -> Response:
            """GET, HEAD of one file at the root. 200; 304; 404."""
            return _answer(request, _of(assets, name), FRESH)

        return read_file

    async def read_icon(request: Request) -> Response:
        """GET, HEAD /icons/{path}. 200; 304; 404."""
        return _answer(request, _of(assets, f"icons/{request.path_params['path']}"), FRESH)

    async def read_versioned(request: Request) -> Response:
        """GET, HEAD /v/{version}/{path}. 200; 304; 404 for an unknown file or another version."""
        name = request.path_params["path"]
        if request.path_params["version"] != version or name in ADDRESSED:
            raise NotFound
        return _answer(request, _of(assets, name), FOR_GOOD)

    return [
        Route("/", at("index.html"), methods=["GET"]),
        Route("/sw.js", at("sw.js"), methods=["GET"]),
        *(Route(f"/{name}", at(name), methods=["GET"]) for name in sorted(files) if name.endswith(".webmanifest")),
        Route("/favicon.ico", at("icons/favicon.ico"), methods=["GET"]),
        Route("/icons/{path:path}", read_icon, methods=["GET"]),
        Route("/v/{version}/{path:path}", read_versioned, methods=["GET"]),
    ]


def _of(assets: dict[str, Asset], name: str) -> Asset:
    if name not in assets:
        raise NotFound
    return assets[name]
