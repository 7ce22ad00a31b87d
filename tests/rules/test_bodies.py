"""What a body may hold, how it is read, and how its faults are named."""

import json
from datetime import date
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.base.bodies import Body, day_of, faults_of, sound_tree_of, struct_of, tree_of
from server.base.errors import Fault, Invalid, Malformed
from server.base.limits import MAX_DEPTH, MAX_INTEGER, escaped, faults_in

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


class Inner(Body):
    depth: Annotated[int, msgspec.Meta(ge=0, le=10)]


class Outer(Body):
    name: str
    inner: Inner | None = None
    days: list[date] = []


@given(JSON)
def test_no_body_makes_the_checks_fall_over(tree: Any) -> None:
    try:
        again = tree_of(json.dumps(tree).encode())
    except Malformed:
        return

    assert all(isinstance(fault, Fault) for fault in faults_in(again))
    with pytest.raises(Invalid) as refusal:
        struct_of({"other": again}, Outer)
    assert refusal.value.status == 422
    json.dumps(refusal.value.document()).encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"nul", b"{} {}", b"NaN", b"[Infinity]", b"[-Infinity]", b'{"a": 1, "a": 2}', b'[{"b": 1, "b": 1}]',
        b"[" * 100_000, b"9" * 10_000, b'"\xff"', b'"\xed\xa0\x80"', b'"a\nb"', b"\xef\xbb\xbf{}", b"'a'", b"[1,]",
        b"01",
        '{"a": 1}'.encode("utf-16"), '{"a": 1}'.encode("utf-16-le"), '{"a": 1}'.encode("utf-32"),
    ],
)  # fmt: skip
def test_what_is_not_one_value_of_json_in_utf8_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        tree_of(raw)


@given(JSON, st.sampled_from([(",", ":"), (", ", ": "), (",", " :")]), st.booleans(), st.booleans())
def test_the_quick_reading_of_a_body_is_the_strict_one_or_none(
    tree: Any, signs: tuple[str, str], is_ascii: bool, is_twice: bool
) -> None:
    text = json.dumps({"other": tree, "a": 1}, ensure_ascii=is_ascii, separators=signs)
    raw = (f'{{"a": 2, {text[1:]}' if is_twice else text).encode("utf-8", "surrogatepass")

    quick = sound_tree_of(raw)

    if quick is not None:
        assert not is_twice
        assert repr(quick) == repr(tree_of(raw))
        assert faults_in(quick) == []


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":2}', b'{"a" :1,"a":2}', b'{"a":":","a":2}', b'{"a"\n:1,"a":2}', b'[{"b":{"c":1,"c":1}}]',
        b'{"a":"\\u0000"}', b'{"a":"\\ud800"}', b'{"a":9007199254740992}', b'{"a":1e999}', b'{"a":NaN}', b'{"a":1}x',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"9007199254740992", b"\xef\xbb\xbf{}", b'{"a":"\xff"}',
    ],
)  # fmt: skip
def test_what_is_not_sound_is_never_read_quickly(raw: bytes) -> None:
    assert sound_tree_of(raw) is None


@pytest.mark.parametrize("note", ['a \\"quote\\" of it', "a\\nline", "two \\\\ and a 🌊"])
def test_what_phones_send_is_read_quickly(note: str) -> None:
    raw = f'{{"since":4,"changes":[{{"patch":{{"keep":"","own":{{"x":1}},"note":"{note}","list":["a","b"]}}}}]}}'

    assert sound_tree_of(raw.encode()) == json.loads(raw)


@pytest.mark.parametrize(
    ("tree", "pointer"),
    [
        ({"a": "x\0y"}, "/a"),
        ({"a": ["\ud800"]}, "/a/0"),
        ({"a~/b": "\0"}, "/a~0~1b"),
        ({"\0": 1}, ""),
        ({"n": MAX_INTEGER + 1}, "/n"),
        ({"n": -(10**400)}, "/n"),
        ({"n": float("inf")}, "/n"),
    ],
)
def test_what_no_value_may_hold_is_named_by_its_place(tree: Any, pointer: str) -> None:
    assert [fault.pointer for fault in faults_in(tree)] == [pointer]


def test_a_body_may_be_nested_so_deep_and_no_deeper() -> None:
    tree: Any = "x"
    for _ in range(MAX_DEPTH):
        tree = [tree]

    assert faults_in(tree) == []
    assert len(faults_in([tree])) == 1
    assert faults_in({"n": MAX_INTEGER, "m": -MAX_INTEGER, "e": "🌊", "t": True}) == []


def test_every_fault_of_a_body_is_named_at_once() -> None:
    tree = {"inner": {"depth": 11, "more": 1}, "days": ["2026-02-31"], "extra/~": None}

    faults = {fault.pointer for fault in faults_of(tree, Outer)}

    assert faults == {"/name", "/inner/depth", "/inner/more", "/days/0", "/extra~1~0"}


@pytest.mark.parametrize(
    "text", ["2026-02-31", "2026-2-1", "26-02-01", "2026-02-01T00:00:00", "", "٢٠٢٦-٠٢-٠١", "0000-01-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        day_of(text, "/from")


def test_a_pointer_shows_no_more_of_a_name_than_it_must() -> None:
    assert escaped("a~b/c") == "a~0b~1c"
    assert len(escaped("x" * 5_000)) == 64
    assert escaped("\ud800") == "?"
