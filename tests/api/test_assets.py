"""The shell and its files as a browser gets them: fresh at the root, for good under their version."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import brotli
import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server import assets
from server.base.errors import Problem

SOURCE = {
    "index.html": '<link rel="stylesheet" href="/v/0/css/base.css">' + "<p>words</p>" * 50,
    "sw.js": 'import "/v/0/js/app.js"',
    "manifest.webmanifest": '{"name": "Interlude"}',
    "js/app.js": "export const words = 'again and again and again'\n" * 40,
    "js/rules.js": '/**\n * Why.\n */\n// and more\nexport const b = /** @type {any} */ (a) // "/* c\n',
    "css/base.css": "body { margin: 0 }\n" * 40,
    "css/today.css": '@import "base.css";\n@import "more.css";\nmain { margin: 1rem }\n',
    "css/more.css": '@import "most.css";\np { margin: 0 }\n',
    "css/most.css": "h1 { margin: 0 }\n",
    "icons/icon.png": "not really a picture",
    "secret.lock": "never served",
}


async def _problem(_: Request, fault: Exception) -> Response:
    status = fault.status if isinstance(fault, Problem) else getattr(fault, "status_code", 500)
    return JSONResponse({"status": status}, status_code=status)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SOURCE.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "outside.js").write_text("outside")
    return tmp_path / "static"


@pytest.fixture
def served(folder: Path, tmp_path: Path) -> Starlette:
    """An app of files alone; they are read before anything runs on the event loop."""
    served = Starlette(
        routes=assets.asset_routes(folder, tmp_path / "cache"),
        exception_handlers={Problem: _problem, HTTPException: _problem},
    )
    served.router.redirect_slashes = False
    return served


@pytest.fixture
async def client(served: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://test") as client:
        client.headers.pop("accept-encoding")
        yield client


async def version(client: httpx.AsyncClient) -> str:
    found = re.search(r"/v/([0-9a-f]{16})/", (await client.get("/")).text)
    assert found is not None
    return found[1]


async def test_the_shell_is_fresh_and_names_the_present_version(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "/v/0/" not in answer.text
    assert "set-cookie" not in answer.headers


async def test_a_file_under_the_present_version_is_kept_for_good(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"/v/{await version(client)}/js/app.js")

    assert answer.status_code == 200
    assert answer.text == SOURCE["js/app.js"]
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_the_worker_gets_every_script_and_style_of_a_version_in_one_answer(client: httpx.AsyncClient) -> None:
    place = f"/v/{await version(client)}"

    texts = (await client.get(f"{place}/shell.json")).raise_for_status().json()

    assert set(texts) == {"js/app.js", "js/rules.js", "css/today.css"}
    for name, text in texts.items():
        assert text == (await client.get(f"{place}/{name}")).text


async def test_the_worker_may_stand_over_the_whole_origin(client: httpx.AsyncClient) -> None:
    answer = await client.get("/sw.js")

    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.text == f'import "/v/{await version(client)}/js/app.js"'


@pytest.mark.parametrize(
    "path",
    [
        "/v/0/js/app.js",
        "/v/0123456789abcdef/js/app.js",
        "/v/{version}/js/none.js",
        "/v/{version}/index.html",
        "/v/{version}/sw.js",
        "/v/{version}/secret.lock",
        "/v/{version}/../outside.js",
        "/v/{version}/..%2foutside.js",
        "/v/{version}//js/app.js",
        "/icons/../../outside.js",
        "/icons/none.png",
        "/favicon.ico",
        "/js/app.js",
    ],
)
async def test_nothing_else_is_answered(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path.replace("{version}", await version(client)))

    assert answer.status_code in (404, 405)
    assert "outside" not in answer.text


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=nonsense", None),
        ("identity", None),
        ("", None),
    ],
)
async def test_the_best_accepted_coding_is_sent(client: httpx.AsyncClient, accept: str, coding: str | None) -> None:
    address = f"/v/{await version(client)}/js/app.js"

    async with client.stream("GET", address, headers={"accept-encoding": accept}) as answer:
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])

    unpress = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert unpress(raw).decode() == SOURCE["js/app.js"]


async def test_what_the_browser_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/")

    again = await client.get("/", headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]


async def test_head_answers_the_same_headers_without_the_body(client: httpx.AsyncClient) -> None:
    whole = await client.get("/")
    head = await client.head("/")

    assert head.content == b""
    assert head.headers == whole.headers


async def test_a_range_is_not_cut(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", headers={"range": "bytes=0-3"})

    assert answer.status_code == 200
    assert len(answer.content) > 100


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
async def test_files_are_only_read(client: httpx.AsyncClient, method: str) -> None:
    assert (await client.request(method, "/")).status_code == 405


def test_a_changed_file_makes_another_version(folder: Path) -> None:
    before = assets.version_of(assets._files(folder))
    (folder / "js/app.js").write_text("export const words = 'other'\n")

    assert assets.version_of(assets._files(folder)) != before


def test_a_damaged_compressed_file_is_made_again(folder: Path, tmp_path: Path) -> None:
    assets.asset_routes(folder, tmp_path / "cache")
    kept = sorted((tmp_path / "cache").iterdir())
    bodies = [path.read_bytes() for path in kept]
    for path in kept:
        path.write_bytes(b"torn")

    assets.asset_routes(folder, tmp_path / "cache")

    assert [path.read_bytes() for path in kept] == bodies


def test_a_compressed_form_torn_by_a_power_cut_is_made_again(tmp_path: Path) -> None:
    source, cache = tmp_path / "static", tmp_path / "cache"
    source.mkdir()
    for name in ("index.html", "sw.js", "manifest.webmanifest"):
        (source / name).write_text(name * 200, encoding="utf-8")
    assets.asset_routes(source, cache)
    whole = {path: path.read_bytes() for path in cache.rglob("*") if path.is_file()}
    for path, body in whole.items():
        path.write_bytes(body[: len(body) // 2] + bytes(len(body) - len(body) // 2))

    assets.asset_routes(source, cache)

    assert whole
    assert {path: path.read_bytes() for path in whole} == whole


async def test_a_style_sheet_comes_with_what_it_imports_in_its_place(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    place = re.search(r"/v/[0-9a-f]+/", page)
    assert place is not None

    answer = await client.get(f"{place[0]}css/today.css")

    parts = ["body { margin: 0 }", "h1 { margin: 0 }", "p { margin: 0 }", "main { margin: 1rem }"]
    assert "@import" not in answer.text
    assert [part for part in parts if part not in answer.text] == []
    assert [answer.text.index(part) for part in parts] == sorted(answer.text.index(part) for part in parts)


async def test_a_script_comes_without_its_comments_and_each_line_in_its_place(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    place = re.search(r"/v/[0-9a-f]+/", page)
    assert place is not None

    answer = await client.get(f"{place[0]}js/rules.js")

    assert answer.text == '\n\n\n\nexport const b = (a) // "/* c\n'
