"""Change told with its error: since the last complete form before the first session, and since the one before. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from server.measures.instruments import ChangeRule, Number

Reading = Literal[
    "beyond_error_better", "noticeable_better", "within_variation", "noticeable_worse", "beyond_error_worse"
]

_DECIMALS = 6


class Told(msgspec.Struct, frozen=True):
    """One complete form: when it was completed, its total, and whether it looks back over a session."""

    completed_at: datetime
    total: Number
    spans_session: bool = False


class Change(msgspec.Struct, frozen=True):
    """How far the total moved, and how that reads; None where the data has no rule for it.

    `response` and `remission` are for a reader who knows what they mean: they never become words on the phone.
    """

    points: Number
    reading: Reading | None
    response: bool | None
    remission: bool | None


class Moves(msgspec.Struct, frozen=True):
    """How a total moved: since the form before the latest one, and since the baseline, with when that was completed."""

    since_last: Change | None = None
    since_baseline: Change | None = None
    baseline_at: datetime | None = None


def moves(rule: ChangeRule | None, forms: Sequence[Told], first_session_at: datetime | None) -> Moves:
    """How a total moved between complete forms, in any order, each move with its error (CLINICAL 4).

    The baseline is the last form before the course's first session. From it nothing is said where there is no session,
    no form before it, or none yet that looks back over no session and so says only what came after.
    """
    if rule is None:
        return Moves()
    in_order = sorted(forms, key=lambda form: form.completed_at)
    since_last = change(rule, in_order[-2].total, in_order[-1].total) if len(in_order) > 1 else None
    if first_session_at is None:
        return Moves(since_last)
    before = [form for form in in_order if form.completed_at < first_session_at]
    after = [form for form in in_order if form.completed_at >= first_session_at and not form.spans_session]
    if not before or not after:
        return Moves(since_last)
    return Moves(since_last, change(rule, before[-1].total, after[-1].total), before[-1].completed_at)


def change(rule: ChangeRule, before: Number, after: Number) -> Change:
    """What became of a total, by the lines of its instrument."""
    gain = before - after if rule.better == "lower" else after - before
    is_clinical = rule.cutoff is None or (before >= rule.cutoff if rule.better == "lower" else before <= rule.cutoff)
    has_response = rule.response_pct is not None and is_clinical and before > 0
    return Change(
        points=after - before,
        reading=_reading(rule, gain, before, is_clinical),
        response=gain * 100 >= before * rule.response_pct if has_response and rule.response_pct else None,
        remission=None if rule.remission is None else after <= rule.remission,
    )


def _reading(rule: ChangeRule, gain: Number, before: Number, is_clinical: bool) -> Reading | None:
    """Below the MCID nothing is said, from the reliable line on chance explains little; between, people often notice.

    An instrument with a line of its own has the two outer names alone: below it nothing is said, for its authors tell
    of no error. A line in percent says nothing of a start below the cut-off.
    """
    size = round(abs(gain), _DECIMALS)  # a mean of three items has no last digit
    lines = (rule.own_line, None if rule.own_line_pct is None else round(before * rule.own_line_pct / 100, _DECIMALS))
    if rule.own_line_pct is not None and not is_clinical:
        return None
    own = next((line for line in lines if line is not None), None)
    beyond = rule.reliable if own is None else own
    if beyond is not None and size >= beyond and size:
        return "beyond_error_better" if gain > 0 else "beyond_error_worse"
    if rule.mcid is not None and size >= rule.mcid:
        return "noticeable_better" if gain > 0 else "noticeable_worse"
    has_middle = own is None and (beyond is not None or rule.mcid is not None)
    return "within_variation" if has_middle else None
