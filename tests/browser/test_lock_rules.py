"""When the lock closes, what a PIN is and how long wrong ones wait: the phone's rules against a table."""

import random

from tests.browser.phone import Phone
from tests.browser.test_phone_rules import run

WAITS_S = (0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600)
NOW_MS = 1_800_000_000_000


def test_wrong_pins_wait_ever_longer_and_no_clock_shortens_or_stretches_it(phone: Phone) -> None:
    chance = random.Random(5)
    cases = [
        (chance.randrange(len(WAITS_S)), NOW_MS, NOW_MS + chance.choice((1, 1, 1, -1)) * chance.randrange(5_000_000))
        for _ in range(3_000)
    ]
    found = run(
        phone,
        "./lock/rules.js",
        """(m, { cases, pins, idle }) => ({
            waits: cases.map(([wrong, at, now]) => m.waitLeft({ wrong, at }, now)),
            pins: pins.map(m.isPin),
            idle: idle.map(([at, now]) => m.isIdle(at, now)),
        })""",
        {
            "cases": cases,
            "pins": ["1234", "0000", "123456789012", "123", "", "12a4", "١٢٣٤", " 1234", "1234\n"],
            "idle": [(0, 119_999), (0, 120_000), (120_000, 60_000), (5, 5), (0, 10**12)],
        },
    )

    for (wrong, at, now), wait in zip(cases, found["waits"], strict=True):
        elapsed_ms = max(0, now - at)  # a clock that was set back has not waited yet, and waits no longer
        assert wait == max(0, -((elapsed_ms - WAITS_S[wrong] * 1000) // 1000)), (wrong, now)
    assert found["pins"] == [True, True, True, False, False, False, False, False, False]
    assert found["idle"] == [False, True, True, False, True]
