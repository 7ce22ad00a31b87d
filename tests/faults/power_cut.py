"""What a disk holds after the power was cut: what was synced, and of the rest what chance lets through."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.faults.fuse import LOGGED

_SECTOR = 512


class Logged(NamedTuple):
    """One line of the disk's log."""

    what: str
    at: int  # monotonic nanoseconds
    inode: int
    offset: int
    more: bytes


@dataclass
class _File:
    path: str = ""
    held: bytearray = field(default_factory=bytearray)
    waiting: list[Logged] = field(default_factory=list)  # written, not synced

    def sync(self) -> None:
        for each in self.waiting:
            _apply(self.held, each)
        self.waiting.clear()


def log_in(path: Path) -> list[Logged]:
    """The log of a disk, as far as its last line is whole."""
    raw, place, lines = path.read_bytes(), 0, list[Logged]()
    while place + LOGGED.size <= len(raw):
        what, at, inode, offset, length = LOGGED.unpack_from(raw, place)
        place += LOGGED.size
        lines.append(Logged(what.decode(), at, inode, offset, raw[place : place + length]))
        place += length
    return lines


def cuts(log: Sequence[Logged], after: int, count: int, seed: int) -> Iterator[tuple[int, dict[str, bytes]]]:
    """`count` power cuts at random places later than the instant `after`: when each was, and the files it leaves.

    Names are kept in order, as a journalling file system does; contents are only what a sync has made of them.
    """
    chance = random.Random(seed)
    first = next(number for number, line in enumerate(log) if line.at > after)
    places = sorted(chance.choices(range(first, len(log)), k=count))
    files: dict[int, _File] = {}
    done = 0
    for place in places:
        for line in log[done:place]:
            _note(files, line)
        done = place
        yield log[place].at, {file.path: _left_of(file, chance) for file in files.values() if file.path}


def write_down(files: dict[str, bytes], folder: Path) -> None:
    """Puts the files of a cut below `folder`, less SQLite's shared memory, which no disk keeps."""
    for name, held in files.items():
        if not name.endswith("-shm"):
            path = folder / name.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(held)
            path.chmod(0o600)


def _note(files: dict[int, _File], line: Logged) -> None:
    file = files.setdefault(line.inode, _File())
    if line.what == "N":
        file.path = line.more.decode()
    elif line.what == "U":
        file.path = ""
    elif line.what == "S":
        file.sync()
    else:
        file.waiting.append(line)


def _left_of(file: _File, chance: random.Random) -> bytes:
    """What the disk holds of a file: nothing unsynced, its beginning, its end, or any of it; one write may be torn."""
    held, waiting = bytearray(file.held), file.waiting
    if waiting and (how := chance.randrange(4)):
        edge = chance.randrange(len(waiting) + 1)
        kept = {
            1: waiting[:edge],
            2: waiting[edge:],
            3: [each for each in waiting if chance.random() < 0.5],
        }[how]
        torn = chance.choice(kept) if kept and chance.random() < 0.5 else None
        for each in kept:
            _apply(held, _torn(each, chance) if each is torn else each)
    return bytes(held)


def _torn(line: Logged, chance: random.Random) -> Logged:
    """The first sectors of a write."""
    sectors = len(line.more) // _SECTOR
    return line._replace(more=line.more[: chance.randrange(sectors + 1) * _SECTOR]) if line.what == "W" else line


def _apply(held: bytearray, line: Logged) -> None:
    if line.what == "T":
        held[line.offset :] = bytes(max(0, line.offset - len(held)))
        return
    if len(held) < line.offset:
        held.extend(bytes(line.offset - len(held)))
    held[line.offset : line.offset + len(line.more)] = line.more
