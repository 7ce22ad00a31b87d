"""Reads the browser side as text: what a module imports, what a page holds, which words people would see."""

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

from server.assets import COMMENT

STATIC = Path(__file__).resolve().parents[2] / "static"
PLACE = "/v/0/"

IMPORTS = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)(["'])(?P<name>[\w@./-]+)\1""")
STATIC_IMPORTS = re.compile(r"""(?:\bfrom\s*|^import\s*)(["'])(?P<name>[\w@./-]+)\1""", re.MULTILINE)
# A comment fills its line, or ends one without a quotation mark: `//` is also the mark of a session in texts.
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*|(?<=\s)//[^\n\"'`]*$", re.DOTALL | re.MULTILINE)
DANGEROUS = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|setHTMLUnsafe|srcdoc)\b|\bstyle="
    r"|\.style\b|javascript:"
)
ELSEWHERE = re.compile(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
NAMESPACES = ("http://www.w3.org/",)
UNKIND = re.compile(
    r"\b(streaks?|congratulations?|well done|great job|good job|keep it up|proud|failed|worst|usual|relapsed?|cured?"
    r"|missed|winning|amazing|awesome|oops|whoops)\b|[a-z]!(?![=a-z(])",
    re.IGNORECASE,
)
SENTENCES = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')


def without_comments(source: str) -> str:
    """A script without its comments. Good enough for this project's own style."""
    return COMMENTS.sub("", source)


def cuts_of(source: str) -> list[str]:
    """What the server would take for a comment in a script though it stands in a text: a quoted one, or a template."""
    found, kept, end = [], "", 0
    for match in COMMENT.finditer(source.encode()):
        kept += source.encode()[end : match.start()].decode()
        end = match.end()
        within = opened_by(kept)
        is_quoted = not within and kept.rpartition("\n")[2].count('"') % 2
        if is_quoted or within[-1:] == ["`"]:
            found.append(match[0].decode())
    return found


def opened_by(code: str) -> list[str]:
    """The templates, and the braces in them or around them, that are still open at the end of `code`."""
    within: list[str] = []
    for mark in re.findall(r"""\\.|"[^"`\n]*"|`|\$\{|[{}]""", code):
        is_text = within[-1:] == ["`"]
        if (mark == "`" and is_text) or (mark == "}" and not is_text and within):
            within.pop()
        elif mark in ("`", "${") or (mark == "{" and not is_text):
            within.append(mark)
    return within


def imported_by(source: str) -> list[str]:
    """The names a module imports, statically or dynamically."""
    return [found["name"] for found in IMPORTS.finditer(without_comments(source))]


def imported_at_start(source: str) -> list[str]:
    """The names that come with a module: without them none of it runs."""
    return [found["name"] for found in STATIC_IMPORTS.finditer(without_comments(source))]


SHEETS = re.compile(r'^@import "(?P<name>[a-z-]+\.css)";$', re.MULTILINE)


def sheets_within(sources: dict[str, str]) -> set[str]:
    """The style sheets that come inside another one."""
    return {f"css/{found['name']}" for text in sources.values() for found in SHEETS.finditer(text)}


def resolved(importer: str, name: str) -> str | None:
    """The file below static/ that `name` means in `importer`, None where it is neither relative nor versioned."""
    if name.startswith(PLACE):
        return name.removeprefix(PLACE)
    if not name.startswith(("./", "../")):
        return None
    parts: list[str] = []
    for part in (PurePosixPath(importer).parent / name).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


class Page(HTMLParser):
    """What index.html refers to, and what it must not hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.files: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes files, and refuses inline styles and handlers."""
        given = {name: value or "" for name, value in attrs}
        self._within = tag
        for name in given:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag}> has {name}=")
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.faults.append(f"<{tag}> stands inline")
        target = given.get("src") or (given.get("href", "") if tag == "link" else "")
        if target and not target.startswith("#"):
            self.files.append(target)
        self.text += [given[name] for name in ("placeholder", "aria-label", "content", "title") if given.get(name)]

    def handle_data(self, data: str) -> None:
        """Keeps what is read, and refuses a script with a body."""
        if self._within == "script" and data.strip():
            self.faults.append("<script> has a body")
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leaves the element."""
        self._within = ""


def faults_of(source: str) -> list[str]:
    """What the content policy or a careful reader would refuse in a script or a style sheet."""
    text = without_comments(source)
    found = [match[0] for match in DANGEROUS.finditer(text)]
    return found + [m[0] for m in ELSEWHERE.finditer(text) if not text.startswith(NAMESPACES, m.start())]


def unkind(words: str) -> list[str]:
    """Words and marks that this product does not use towards a person (CLINICAL.md, sections 5 and 6)."""
    return [match[0] for match in UNKIND.finditer(words)]


def sentences_in(source: str) -> list[str]:
    """Texts of a script that look like something to read: a template, or a quoted text with a space."""
    texts = [quoted or template for quoted, template in SENTENCES.findall(without_comments(source))]
    return [re.sub(r"\$\{[^}]*\}", "…", text) for text in texts if " " in text]
