"""Reads the server's imports out of its sources and judges them by the house's floors, doors and rooms."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Floors = Sequence[Sequence[str]]  # from the top down; each names folders and modules of server/
ROOMS = ("routes", "guard", "service", "models", "rules")  # each may import those after it


@dataclass(frozen=True)
class Arrow:
    """One import of our own; `called` is the name it goes by here, `late` that it stands inside a function."""

    source: str
    target: str
    line: int
    called: str
    late: bool

    @property
    def where(self) -> str:
        """The import, as the start of a complaint."""
        return f"{self.source}:{self.line} imports {self.target}"


def sources_in(folder: Path) -> dict[str, str]:
    """The text of each module below `folder` by its dotted name, less the generated migrations."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        if "migrations" not in parts:
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return found


def arrows_of(sources: Mapping[str, str]) -> list[Arrow]:
    """Every import of a module of `sources` by another."""
    return [arrow for name, text in sources.items() for arrow in _arrows(name, ast.parse(text), sources)]


def faults_in(sources: Mapping[str, str], floors: Floors) -> list[str]:
    """Every import that the house does not allow, a sentence each; and circles, and parts that stand on no floor."""
    arrows = arrows_of(sources)
    level = {part: height for height, floor in enumerate(reversed(floors)) for part in floor}
    homeless = {_part(name) for name in sources if "." in name} - level.keys()
    found = [f"server.{part} stands on no floor" for part in sorted(homeless)]
    for arrow in arrows:
        if arrow.late:
            found.append(f"{arrow.where} inside a function")
        if not homeless & {_part(arrow.source), _part(arrow.target)}:
            found += _between_parts(arrow, level) if _part(arrow.source) != _part(arrow.target) else _inside(arrow)
    return found + circles_in(arrows)


def circles_in(arrows: Sequence[Arrow]) -> list[str]:
    """The circles that `arrows` close, each once, as `a -> b -> a`."""
    follows: dict[str, set[str]] = {}
    for arrow in arrows:
        follows.setdefault(arrow.source, set()).add(arrow.target)
    found: dict[frozenset[str], str] = {}
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> None:
        if module in path:
            circle = path[path.index(module) :]
            found.setdefault(frozenset(circle), "a circle: " + " -> ".join([*circle, module]))
        elif module not in done:
            for target in sorted(follows.get(module, ())):
                walk(target, [*path, module])
            done.add(module)

    for module in sorted(follows):
        walk(module, [])
    return list(found.values())


def _between_parts(arrow: Arrow, level: Mapping[str, int]) -> list[str]:
    part, room = _part(arrow.target), _room(arrow.target)
    if level[part] > level[_part(arrow.source)]:
        return [f"{arrow.where}, which stands on a higher floor"]
    if level[part] == level[_part(arrow.source)]:
        return [f"{arrow.where}, its neighbour on the same floor"]
    if _room(arrow.source) == "rules" and part != "base":
        return [f"{arrow.where}: rules know base alone"]
    if part == "base" or not room:
        return []
    if room == "routes":
        return [] if _part(arrow.source) == "app" else [f"{arrow.where}: app alone imports routes"]
    if arrow.target == "server.accounts.guard":
        asks = _part(arrow.source) == "app" or _room(arrow.source) == "routes"
        return [] if asks else [f"{arrow.where}: the guard is for routes"]
    if room != "service":
        return [f"{arrow.where}: the door of {part} is its service"]
    return [] if arrow.called == part else [f"{arrow.where} not as `from server.{part} import service as {part}`"]


def _inside(arrow: Arrow) -> list[str]:
    source, target = _room(arrow.source), _room(arrow.target)
    if target == "routes":
        return [f"{arrow.where}: app alone imports routes"]
    if source in ROOMS and target in ROOMS and ROOMS.index(target) < ROOMS.index(source):
        return [f"{arrow.where}: {target} stands to the left of {source}"]
    return []


def _part(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _room(module: str) -> str:
    return ".".join(module.split(".")[2:])


def _arrows(module: str, tree: ast.AST, known: Mapping[str, str]) -> Iterator[Arrow]:
    late = {
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [(alias.name, alias.asname or alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node, known)
            inner = [(f"{origin}.{alias.name}", alias.asname or alias.name) for alias in node.names]
            named = [(path, called) if path in known else (origin, "") for path, called in inner]
        else:
            continue
        for target, called in sorted(set(named)):
            if target in known and target not in ("server", module):
                yield Arrow(module, target, node.lineno, called, node in late)


def _origin(module: str, node: ast.ImportFrom, known: Mapping[str, str]) -> str:
    """The absolute name of what an import takes from; a relative one counts its dots from its own package."""
    if not node.level:
        return node.module or ""
    is_package = any(name.startswith(f"{module}.") for name in known)
    base = module.split(".")[: None if is_package and node.level == 1 else -node.level + is_package]
    return ".".join([*base, *([node.module] if node.module else [])])
