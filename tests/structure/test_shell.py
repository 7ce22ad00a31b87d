"""The shell is whole, so that it starts without a network; and it holds nothing that the content policy refuses."""

import json
import re

import pytest

from server.assets import together, uncommented
from tests.structure.shell import (
    STATIC,
    Page,
    cuts_of,
    faults_of,
    imported_at_start,
    imported_by,
    resolved,
    sentences_in,
    sheets_within,
    unkind,
    without_comments,
)

INDEX = (STATIC / "index.html").read_text("utf-8")
WORKER = (STATIC / "sw.js").read_text("utf-8")

TO_SIGN_IN = ("leave", "register", "second-factor", "settings", "sign-in")


def sources() -> dict[str, str]:
    """Our own scripts and style sheets by name; other people's libraries are held by their hashes."""
    paths = [path for path in sorted(STATIC.rglob("*")) if path.suffix in {".js", ".css"}]
    found = [path for path in paths if "vendor" not in path.parts]
    return {path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in found}


def scripts() -> dict[str, str]:
    """Every script of the shell, the vendored ones included."""
    return {path.relative_to(STATIC).as_posix(): path.read_text("utf-8") for path in sorted(STATIC.rglob("*.js"))}


def reachable() -> set[str]:
    """What the page needs: index.html's files, what any module of them imports, and styles that app.js adds later."""
    styles = re.findall(r'"([a-z-]+\.css)"', scripts()["js/app.js"])
    waiting = [name.removeprefix("/v/0/") for name in Page(INDEX).files if name.startswith("/v/0/")]
    waiting += [f"css/{name}" for name in styles]
    waiting += [name for name in (resolved("sw.js", one) for one in imported_by(WORKER)) if name]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name.endswith(".js"):
            waiting += [at for at in (resolved(name, one) for one in imported_by(scripts()[name])) if at]
    return found


def first_wave() -> set[str]:
    """The scripts that Today can't begin without: what comes with app.js, and the words of each language."""
    waiting, found, words = ["js/app.js"], set[str](), ("./words.en.js", "./words.es.js")
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        source = scripts()[name]
        named = imported_at_start(source) + [one for one in imported_by(source) if one in words]
        waiting += [at for at in (resolved(name, one) for one in named) if at]
    return found


def test_the_page_asks_in_one_go_for_what_today_begins_with_and_for_no_other_script() -> None:
    asked = [name.removeprefix("/v/0/") for name in Page(INDEX).files if name.endswith(".js")]

    assert sorted(asked) == sorted(first_wave() | {"js/start.js"})


def test_the_page_can_reach_every_script_and_style() -> None:
    assert {*sources(), *scripts()} - {"sw.js", *sheets_within(sources())} == reachable()


def test_the_worker_is_given_every_file_the_page_can_need_and_no_other() -> None:
    files = {name: source.encode() for name, source in (sources() | scripts()).items()}

    assert json.loads(together(files)).keys() == reachable()


def test_a_style_sheet_within_another_is_there() -> None:
    assert sheets_within(sources()) <= {name for name in sources() if name.endswith(".css")}


def test_every_import_leads_to_a_file() -> None:
    lost = [
        f"{name}: {one}"
        for name, source in scripts().items()
        for one in imported_by(source)
        if not (at := resolved(name, one)) or not (STATIC / at).is_file()
    ]

    assert lost == []


def test_every_file_the_page_names_is_there() -> None:
    names = [name.removeprefix("/v/0").lstrip("/") for name in Page(INDEX).files]

    assert [name for name in names if not (STATIC / name).is_file()] == []


def test_the_page_holds_no_script_style_or_handler() -> None:
    assert Page(INDEX).faults == []


def test_no_script_or_style_does_what_the_policy_refuses() -> None:
    found = {name: faults for name, source in sources().items() if (faults := faults_of(source))}

    assert found == {}


def test_no_page_names_another_host() -> None:
    assert faults_of(INDEX) == []


def test_the_words_are_those_of_this_product() -> None:
    texts = {name: sentences_in(source) for name, source in sources().items() if name.endswith(".js")}
    del texts["js/measures/instruments.js"]  # the exact words of others, which a test of their own holds
    texts["index.html"] = Page(INDEX).text

    said = {name: words for name, read in texts.items() if (words := [word for text in read for word in unkind(text)])}

    assert len(texts) > 50
    assert said == {}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("place.innerHTML = text", "innerHTML"),
        ('html`<p style="color: red">`', "style="),
        ("element.style.color = 'red'", ".style"),
        ("fetch('https://example.com/x')", "https://example.com"),
        ("@import url(//fonts.example.org/a.css)", "//fonts.example.org"),
        ("eval(words)", "eval"),
    ],
)
def test_a_dangerous_line_is_found(source: str, fault: str) -> None:
    assert fault in faults_of(source)


@pytest.mark.parametrize("text", ["Well done", "You kept a 5 day streak", "Saved!", "the usual answer", "It failed."])
def test_an_unkind_word_is_found(text: str) -> None:
    assert unkind(text)


@pytest.mark.parametrize("text", ["Saved and sent", "Harder than before", "a !== b", "only me"])
def test_a_plain_word_is_left_alone(text: str) -> None:
    assert unkind(text) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>go()</script>", "<script> stands inline"),
        ('<p style="x">', "<p> has style="),
        ('<a onclick="go()">', "<a> has onclick="),
        ("<style>p{}</style>", "<style> stands inline"),
        ('<script src="/a.js">go()</script>', "<script> has a body"),
    ],
)
def test_a_page_with_something_inline_is_found(html: str, fault: str) -> None:
    assert fault in Page(html).faults


def test_the_server_leaves_comments_out_of_a_script_and_no_text() -> None:
    within = {name: cuts for name, source in scripts().items() if (cuts := cuts_of(source))}

    assert within == {}
    assert all(
        len(uncommented(name, source.encode()).splitlines()) == len(source.splitlines())
        for name, source in scripts().items()
    )


@pytest.mark.parametrize("source", ["html`<p>\n  // a caesura</p>`", 'say("/** @type {x} */ as it was")'])
def test_a_text_that_looks_like_a_comment_is_found(source: str) -> None:
    assert cuts_of(source) != []


def test_imports_of_every_form_are_seen() -> None:
    lines = ['import a from "./a.js"', 'export { b } from "./b.js"', 'import "./c.js"', 'const d = import("./d.js")']
    source = "\n".join([*lines, '// import "./e.js"'])

    assert imported_by(source) == ["./a.js", "./b.js", "./c.js", "./d.js"]
    assert imported_at_start(source) == ["./a.js", "./b.js", "./c.js"]
    assert without_comments("a // b") == "a "


def test_an_import_out_of_the_folder_leads_nowhere() -> None:
    assert resolved("js/app.js", "../../outside.js") is None
    assert resolved("js/app.js", "preact") is None
    assert resolved("js/base/ui.js", "../../vendor/htm.js") == "vendor/htm.js"


def test_the_browser_keeps_nothing_of_what_is_written():
    """What it may fill in again a browser also keeps in files of its own, in clear, to come back after a crash."""
    written = re.compile(r"<(?:textarea|input|form)\b(?:[^>$]|\$\{(?:[^{}]|\{[^{}]*\})*\})*>")
    pages = {name: text for name, text in sources().items() if name.endswith(".js")} | {"index.html": INDEX}

    tags = [(name, tag) for name, text in pages.items() for tag in written.findall(text)]
    chosen = re.compile(r'type="?(radio|checkbox)')
    unsaid = [(name, tag) for name, tag in tags if "autocomplete" not in tag and not chosen.search(tag)]

    assert len(tags) > 30
    # To sign in, a password manager has to help; each field of these forms says what it is.
    assert {name for name, _ in unsaid} == {f"js/accounts/{page}.js" for page in TO_SIGN_IN}
    assert all(tag.startswith("<form") for _, tag in unsaid)
