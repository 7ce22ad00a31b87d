"""How a change of a total reads on the phone: as the server reads it, and in words that its instrument bears out."""

from server.measures.change import change
from tests.browser.phone import Phone
from tests.browser.test_measures_rules import KNOWN, WORDED, rules
from tests.browser.test_phone_rules import run


def test_a_change_reads_as_the_server_reads_it(phone: Phone) -> None:
    totals = {name: range(0, 101, 4) if name == "who-5" else range(28) for name in WORDED}
    cases = [
        [name, before, after]
        for name, instrument in WORDED.items()
        if instrument.change
        for before in totals[name]
        for after in totals[name]
    ]

    script = "(scores, cases, known) => cases.map(([name, ...totals]) => scores.readingOf(known[name], ...totals))"
    found = rules(phone, script, cases, "scores")

    rule = {name: instrument.change for name, instrument in WORDED.items()}
    assert found == [change(rule[name], before, after).reading for name, before, after in cases]  # type: ignore[arg-type]


def test_a_change_is_told_in_words_that_its_instruments_own_lines_bear_out(phone: Phone) -> None:
    sizes = {name: (one.change, range(0, 101, 4) if name == "who-5" else range(28)) for name, one in KNOWN.items()}
    cases = sorted(
        {
            (name, change(rule, before, after).reading)
            for name, (rule, totals) in sizes.items()
            if rule
            for before in totals
            for after in totals
        },
        key=str,
    )
    script = """(words, cases) => cases.map(([instrument, reading]) =>
        [words.readingInWords(instrument, reading), words.harderInWords([{ instrument, reading }])])"""

    found = dict(zip(cases, run(phone, "./measures/readings.js", script, cases), strict=True))

    assert {name for name, reading in cases if reading} == {"phq-9", "gad-7", "pcl-5", "who-5", "peg", "isi"}
    for (name, reading), (words, harder) in found.items():
        rule = sizes[name][0]
        assert rule
        assert bool(words) is (reading is not None), (name, reading)
        assert bool(harder) is (reading == "beyond_error_worse")
        if rule.reliable is None:
            assert "error" not in words
            assert "chance" not in harder
    assert {found["who-5", "beyond_error_better"][0], found["peg", "beyond_error_worse"][0]} == {
        "at or beyond the line its authors use"
    }
    assert found["isi", "noticeable_worse"][0] == "a change people often notice"
    assert "measurement error" in found["phq-9", "noticeable_better"][0]
    assert "chance" in found["phq-9", "beyond_error_worse"][1]
