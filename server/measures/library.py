"""The instruments at hand: the files beside this one, with the words of the packs that an operator has loaded."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from server.base.settings import Settings
from server.measures.instruments import Data, Instrument, Option, text_hash
from server.measures.rules import wrongs_of

FOLDER = Path(__file__).parent / "instruments"
MAX_PACK = 1 << 20


class BadInstrument(Exception):
    """An instrument or a pack can't be used; the text says why."""


class _Kept(msgspec.Struct):
    """A loaded pack as it is kept: the hash that its words are held to, and the pack."""

    sha256: str
    pack: msgspec.Raw


class PackItem(Data, frozen=True):
    """The words of one item, and the labels of its options by value."""

    text: str
    labels: dict[str, str]


class Pack(Data, frozen=True, kw_only=True):
    """The licensed words of one version of an instrument."""

    instrument: str
    version: str
    title: str
    stem: str = ""
    attribution: str = ""
    items: dict[str, PackItem]


known: dict[str, Instrument] = {}
"""Every instrument by id; filled by `open_library`."""
offered: set[str] = set()
"""The ids of those that this installation offers. What was filled in of another one is read and counted as ever."""


def read_definitions(folder: Path = FOLDER) -> dict[str, Instrument]:
    """The instruments of a folder, by id. Raises BadInstrument for one whose words or scores are not the published."""
    found = [_decoded(path) for path in sorted(folder.glob("*.json"))]
    if wrongs := [wrong for instrument in found for wrong in wrongs_of(instrument)]:
        raise BadInstrument("; ".join(wrongs))
    return {instrument.id: instrument for instrument in found}


def packs_dir(settings: Settings) -> Path:
    """Where loaded packs are kept: beside the database, never in the repository."""
    return settings.data_dir / "packs"


def open_library(settings: Settings) -> None:
    """Reads every instrument and loaded pack, and which of them are offered. Raises BadInstrument."""
    definitions = read_definitions()
    chosen = chosen_of(definitions, settings.instruments)
    worded = [_kept(path, definitions) for path in sorted(packs_dir(settings).glob("*.json"))]
    known.clear()
    known.update(definitions)
    known.update({each.id: each for each in worded})
    offered.clear()
    offered.update(chosen)


def chosen_of(definitions: Mapping[str, Instrument], named: Sequence[str] | None) -> set[str]:
    """The ids of those offered where an operator named these, or none; a licensed one is, once its pack is loaded.

    Raises BadInstrument for a name that is none of the product's own.
    """
    licensed = {name for name, each in definitions.items() if each.licence == "C"}
    own = definitions.keys() - licensed
    if named is None:
        return licensed | {name for name in own if definitions[name].stands_for is None}
    if wrong := sorted(set(named) & licensed):
        raise BadInstrument(f"INTERLUDE_INSTRUMENTS: {', '.join(wrong)} is offered by loading its pack, not by name")
    if wrong := sorted(set(named) - own):
        raise BadInstrument(
            f"INTERLUDE_INSTRUMENTS: there is no {', '.join(wrong)} here; known: {', '.join(sorted(own))}"
        )
    return licensed | set(named)


def in_place_of(name: str) -> str | None:
    """The id of the one that is offered where `name` would be: it, its stand-in, or the one it stands for."""
    others = [each.id for each in known.values() if each.stands_for == name]
    if name in known and (stood_for := known[name].stands_for):
        others.append(stood_for)
    return next((each for each in (name, *others) if each in offered), None)


def pack_of(raw: bytes) -> Pack:
    """The pack in a file. Raises BadInstrument."""
    if len(raw) > MAX_PACK:
        raise BadInstrument("The pack is larger than 1 MiB")
    try:
        return msgspec.json.decode(raw, type=Pack)
    except msgspec.MsgspecError as error:
        raise BadInstrument(f"The pack can't be read: {error}") from None


def with_words(definitions: Mapping[str, Instrument], pack: Pack, pinned: str | None = None) -> Instrument:
    """An instrument with the words of its pack, held to the definition's hash, or to `pinned` where it has none.

    Raises BadInstrument for a pack of something else, with other items, or with a changed word.
    """
    definition = definitions.get(pack.instrument)
    if definition is None:
        raise BadInstrument(f"There is no instrument {pack.instrument!r}; known: {', '.join(sorted(definitions))}")
    if definition.licence != "C":
        raise BadInstrument(f"{definition.id} needs no pack: its words are part of the product")
    if pack.version != definition.version:
        raise BadInstrument(f"The pack is of version {pack.version}, the definition of {definition.version}")
    _require_same_items(definition, pack)
    worded = msgspec.structs.replace(
        definition,
        title=pack.title,
        stem=pack.stem,
        attribution=pack.attribution,
        options=(),
        items=tuple(
            msgspec.structs.replace(
                item,
                text=pack.items[item.id].text,
                options=tuple(
                    Option(option.value, pack.items[item.id].labels[str(option.value)])
                    for option in definition.options_of(item)
                ),
            )
            for item in definition.items
        ),
    )
    right = definition.text_sha256 or pinned
    if right is None:
        raise BadInstrument(
            f"No hash of {definition.id}'s exact words is known. Compare the pack with your licensed copy, "
            f"then say so with --sha256 {text_hash(worded)}"
        )
    if text_hash(worded) != right:
        raise BadInstrument(f"The words are not the exact ones: their SHA-256 is {text_hash(worded)}, not {right}")
    return msgspec.structs.replace(worded, text_sha256=right)


def keep_pack(settings: Settings, raw: bytes, pinned: str | None) -> Instrument:
    """Checks a pack and keeps it in the data folder. Raises BadInstrument, and then nothing is kept."""
    worded = with_words(read_definitions(), pack_of(raw), pinned)
    folder = packs_dir(settings)
    for each in (settings.data_dir, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = folder / f"{worded.id}.json.new"
    with scratch.open("wb") as file:
        file.write(msgspec.json.encode(_Kept(str(worded.text_sha256), msgspec.Raw(raw))))
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(folder / f"{worded.id}.json")
    return worded


def _kept(path: Path, definitions: Mapping[str, Instrument]) -> Instrument:
    """The instrument with the words of a kept pack. Raises BadInstrument."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except msgspec.MsgspecError as error:
        raise BadInstrument(f"{path} can't be read: {error}; load the pack again") from None
    return with_words(definitions, pack_of(bytes(kept.pack)), kept.sha256)


def _decoded(path: Path) -> Instrument:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Instrument)
    except msgspec.MsgspecError as error:
        raise BadInstrument(f"{path.name}: {error}") from None


def _require_same_items(definition: Instrument, pack: Pack) -> None:
    expected = {
        item.id: {str(option.value) for option in definition.options_of(item)} for item in definition.items
    }
    if pack.items.keys() != expected.keys():
        raise BadInstrument(f"The pack's items must be {', '.join(expected)}")
    for name, values in expected.items():
        if pack.items[name].labels.keys() != values:
            raise BadInstrument(f"Item {name} of the pack must have labels for {', '.join(sorted(values))}")
        if not pack.items[name].text.strip():
            raise BadInstrument(f"Item {name} of the pack has no words")
