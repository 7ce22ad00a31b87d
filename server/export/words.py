"""The words of a written summary in one language: texts, days, numbers and lists as they are written there. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from server.base.clock import zone_of

LANGUAGES = ("en", "es")
NONE = "–"
_TENTH = Decimal("0.1")
# A language writes no mark into a number below so much.
_GROUPED_FROM = {"en": 1_000, "es": 10_000}


class Words:
    """What is said in one language. `words["scales.title"]` is a text, or a list of them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = msgspec.json.decode(files("server.export").joinpath(f"words.{language}.json").read_bytes())

    def __getitem__(self, key: str) -> Any:
        found = self._texts
        for part in key.split("."):
            found = found[part]
        return found

    def say(self, key: str, **told: object) -> str:
        """The text of `key`, with what is told put in as it is."""
        text: str = self[key]
        return text.format(**told)

    def name(self, key: str, name: str) -> str:
        """What something is called; itself where it has no other name here."""
        called: str = self[key].get(name, name)
        return called

    def counted(self, key: str, count: int) -> str:
        """ "1 day", "2 days"."""
        form: str = self[key]["one" if count == 1 else "other"]
        return form.format(n=self.number(count))

    def number(self, value: float | None) -> str:
        """ "6.5", with at most one decimal, half of it rounded up as the screens do; a dash for none."""
        if value is None:
            return NONE
        rounded = Decimal(repr(value)).quantize(_TENTH, ROUND_HALF_UP)
        text = f"{rounded:,f}" if abs(rounded) >= _GROUPED_FROM[self.language] else f"{rounded:f}"
        text = text.removesuffix(".0")
        return text.translate(str.maketrans(",.", ".,")) if self.language == "es" else text

    def day(self, day: date, *, short: bool = False, year: bool = False) -> str:
        """ "23 November", "23 Nov", "23 November 2026"."""
        month = self["months_short" if short else "months"][day.month - 1]
        if short:
            return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"
        return self.say("date_year" if year else "date", day=day.day, month=month, year=day.year)

    def span(self, first: date, last: date, *, year: bool = False) -> str:
        """ "15 September to 23 November"; the first year is said where it is another."""
        if first == last:
            return self.day(first, year=year)
        return self.say(
            "span", first=self.day(first, year=year and first.year != last.year), last=self.day(last, year=year)
        )

    def days(self, first: date, last: date) -> str:
        """ "23–27 Oct", "30 Sep–2 Oct", "3 Nov": what stands in a list."""
        if first == last:
            return self.day(last, short=True)
        start = str(first.day) if first.replace(day=1) == last.replace(day=1) else self.day(first, short=True)
        return f"{start}–{self.day(last, short=True)}"

    def instant(self, at: str, zone: str) -> str:
        """ "23 November, 20:41" of an instant of the wire, as the clocks of `zone` show it."""
        wall = wall_of(at, zone)
        return self.say("at", day=self.day(wall.date()), time=f"{wall:%H:%M}")

    def listed(self, items: Sequence[str]) -> str:
        """ "mood, anxiety and detachment"."""
        if len(items) < 2:
            return "".join(items)
        return self.say("and", before=", ".join(items[:-1]), last=items[-1])


@cache
def words_of(language: str) -> Words:
    """The words of a language, also of its kinds ("es-MX"); English where there are none."""
    spoken = language.partition("-")[0]
    return Words(spoken if spoken in LANGUAGES else "en")


def wall_of(at: str, zone: str) -> datetime:
    """An instant of the wire as the clocks of `zone` show it."""
    return datetime.fromisoformat(at).astimezone(zone_of(zone))
