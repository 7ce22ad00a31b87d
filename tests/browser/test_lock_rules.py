"""When the lock closes, what a PIN is and how long wrong ones wait: the phone's rules against a table."""

import random

from tests.browser.phone import Phone
from tests.browser.test_phone_rules import run

WAITS_S = (0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600)
NOW_MS = 1_800_000_000_000


def test_wrong_pins_wait_ever_longer_and_only_a_clock_that_nobody_sets_shortens_it(phone: Phone) -> None:
    chance = random.Random(5)
    # What passes here between two looks, and the server's time where it is heard.
    turns = [
        [(chance.randrange(400_000), chance.choice((None, NOW_MS + chance.randrange(4_000_000)))) for _ in range(6)]
        for _ in range(500)
    ]
    found = run(
        phone,
        "./lock/rules.js",
        """(m, { turns, wrongs, pins, idle }) => ({
            waits: wrongs.map(m.waitAfter),
            turns: turns.map((turn, i) => {
                let now = { wrong: i % wrongs.length, left_ms: m.waitAfter(i % wrongs.length), ends_at: null }
                return turn.map(([passed, server]) => (now = m.counted(now, passed, server)).left_ms)
            }),
            back: m.counted({ wrong: 3, left_ms: 30_000, ends_at: null }, -5_000, null).left_ms,
            pins: pins.map(m.isPin),
            idle: idle.map(([at, now]) => m.isIdle(at, now)),
        })""",
        {
            "turns": turns,
            "wrongs": list(range(len(WAITS_S))),
            "pins": ["1234", "0000", "123456789012", "123", "", "12a4", "١٢٣٤", " 1234", "1234\n"],
            "idle": [(0, 119_999), (0, 120_000), (120_000, 60_000), (5, 5), (0, 10**12)],
        },
    )

    assert found["waits"] == [1000 * wait for wait in WAITS_S]
    for i, (turn, lefts) in enumerate(zip(turns, found["turns"], strict=True)):
        left, ends_at = 1000 * WAITS_S[i % len(WAITS_S)], None
        for (passed, server), now in zip(turn, lefts, strict=True):
            left = max(0, left - passed)
            if server is not None and ends_at is None:
                ends_at = server + left
            elif server is not None and ends_at is not None:
                left = max(0, min(left, ends_at - server))
            assert now == left, (i, passed, server)
    assert found["back"] == 30_000
    assert found["pins"] == [True, True, True, False, False, False, False, False, False]
    assert found["idle"] == [False, True, True, False, True]
