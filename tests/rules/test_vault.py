"""Sealing and the ring of master keys, pure: what opens, and everything that must not."""

import os
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.vault.rules import Key, Ring, Unopened, WrongRing, derived, new_ring, read_ring

MARA, OLE = "0193-mara", "0193-ole"
PLAIN = '{"note": "Die Ebbe ging hinaus, 潮"}'.encode()


def key_of(account_id: str = MARA, *versions: int) -> Key:
    return Key(account_id, {version: bytes([version]) * 32 for version in versions or (1,)})


@given(st.binary(max_size=2_000), st.text(max_size=40), st.integers(0, 2**53))
def test_what_is_sealed_opens_as_it_was(plain: bytes, row: str, revision: int) -> None:
    sealed = key_of().seal("record", row, revision, plain)

    assert key_of().open("record", row, revision, sealed) == plain


def test_the_same_words_never_look_the_same() -> None:
    key = key_of()

    sealed = {key.seal("record", "row", 1, PLAIN) for _ in range(200)}

    assert len(sealed) == 200
    assert all(PLAIN[:8] not in each for each in sealed)


@pytest.mark.parametrize(
    ("who", "table", "row", "revision"),
    [
        (OLE, "record", "row", 7),
        (MARA, "record_version", "row", 7),
        (MARA, "record", "other", 7),
        (MARA, "record", "row", 6),
        (MARA, "record", "row", 8),
    ],
    ids=["another person", "another table", "another row", "rolled back", "rolled forward"],
)
def test_a_sealed_value_opens_in_its_own_place_alone(who: str, table: str, row: str, revision: int) -> None:
    sealed = key_of().seal("record", "row", 7, PLAIN)

    with pytest.raises(Unopened):
        key_of(who).open(table, row, revision, sealed)


def test_another_persons_key_opens_nothing() -> None:
    sealed = key_of().seal("record", "row", 7, PLAIN)

    with pytest.raises(Unopened):
        Key(MARA, {1: b"\x09" * 32}).open("record", "row", 7, sealed)


def test_no_single_flipped_bit_goes_unnoticed() -> None:
    key = key_of(MARA, 1, 2, 3)
    sealed = key.seal("record", "row", 7, PLAIN)

    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(Unopened):
            key.open("record", "row", 7, bytes(altered))


def test_nothing_shorter_or_longer_opens() -> None:
    key = key_of()
    sealed = key.seal("record", "row", 7, PLAIN)

    for length in range(len(sealed)):
        with pytest.raises(Unopened):
            key.open("record", "row", 7, sealed[:length])
    for more in (b"\0", bytes(256), sealed):
        with pytest.raises(Unopened):
            key.open("record", "row", 7, sealed + more)


def test_lengths_show_in_steps_of_256_bytes_only() -> None:
    key = key_of()

    lengths = {size: len(key.seal("record", "row", 1, bytes(size))) for size in range(1_100)}

    assert len({lengths[size] for size in range(253)}) == 1
    assert lengths[253] == lengths[252] + 256
    assert {length - lengths[0] for length in lengths.values()} == {0, 256, 512, 768, 1024}


def test_the_newest_data_key_seals_and_older_ones_still_open() -> None:
    before, after = key_of(MARA, 1), key_of(MARA, 1, 2)
    old, new = before.seal("record", "row", 1, PLAIN), after.seal("record", "row", 2, PLAIN)

    assert after.open("record", "row", 1, old) == PLAIN
    assert after.open("record", "row", 2, new) == PLAIN
    with pytest.raises(Unopened):
        before.open("record", "row", 2, new)


def test_purposes_get_keys_that_have_nothing_in_common() -> None:
    secret = os.urandom(32)

    keys = {derived(secret, purpose) for purpose in ("v1|data", "v1|index", "v2|data")}

    assert len(keys) == 3
    assert secret not in keys
    assert all(len(key) == 32 for key in keys)


def test_a_data_key_unwraps_for_its_person_and_version_alone() -> None:
    ring, data_key = new_ring(), os.urandom(32)
    wrapped = ring.wrap(data_key, MARA, 1)

    assert data_key not in wrapped
    assert ring.unwrap("k1", wrapped, MARA, 1) == data_key
    for who, version in ((OLE, 1), (MARA, 2)):
        with pytest.raises(WrongRing):
            ring.unwrap("k1", wrapped, who, version)


def test_a_ring_without_the_master_key_says_which_is_missing() -> None:
    wrapped = new_ring().wrap(os.urandom(32), MARA, 1)

    with pytest.raises(WrongRing, match="k1 is missing"):
        Ring((("k9", bytes(32)),)).unwrap("k1", wrapped, MARA, 1)
    with pytest.raises(WrongRing, match="k1 does not open"):
        Ring((("k1", bytes(32)),)).unwrap("k1", wrapped, MARA, 1)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=5))
def test_a_ring_reads_back_from_its_text(keys: list[bytes]) -> None:
    ring = Ring(tuple((f"k{number}", key) for number, key in enumerate(keys)))

    assert read_ring(ring.text()) == ring
    assert read_ring(ring.text().replace("\n", ",")) == ring
    assert read_ring("\r\n \n" + ring.text().replace("\n", "  \r\n")) == ring


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n , \n",
        "k1",
        "k1 ",
        "k1 AAAA",
        f"k1 {'A' * 44}",
        f"k1 {'A' * 42}!=",
        f"k 1 {'A' * 43}=",
        f"k|1 {'A' * 43}=",
        f" {'A' * 43}=",
        f"k1 {'A' * 43}=\nk1 {'B' * 43}=",
        f"k1 {'A' * 43}=\nk2 short",
    ],
)
def test_a_ring_that_is_not_one_is_refused_whole(text: str) -> None:
    with pytest.raises(WrongRing):
        read_ring(text)


def test_a_refused_ring_is_not_repeated_in_the_refusal() -> None:
    secret = "c2VjcmV0LWJ1dC1ub3QtMzItYnl0ZXM="

    with pytest.raises(WrongRing) as refusal:
        read_ring(f"k1 {secret}")

    assert secret not in str(refusal.value)


def test_a_new_master_key_never_takes_an_id_that_was_in_use() -> None:
    ring = new_ring(new_ring(new_ring()))
    shortened = Ring(ring.keys[-1:])

    grown = new_ring(shortened)

    assert [name for name, _ in ring.keys] == ["k1", "k2", "k3"]
    assert [name for name, _ in grown.keys] == ["k3", "k4"]
    assert read_ring(grown.text()) == grown
    assert [name for name, _ in new_ring(Ring((("winter", bytes(32)),))).keys] == ["winter", "k1"]


def test_a_check_value_knows_its_master_key_again_and_gives_nothing_away() -> None:
    ring = Ring((("k1", Random(1).randbytes(32)),))
    other = Ring((("k1", Random(2).randbytes(32)),))

    assert ring.check_values() == ring.check_values()
    assert ring.check_values() != other.check_values()
    assert ring.keys[0][1] not in ring.check_values().values()
