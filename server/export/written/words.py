"""The words of a written summary in one language: texts, days, numbers and lists as they are written there. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from server.base.clock import zone_of
from server.export.written.sections import Subject

LANGUAGES = ("en", "es")
NONE = "–"
_TENTH = Decimal("0.1")
# A language writes no mark into a number below so much.
_GROUPED_FROM = {"en": 1_000, "es": 10_000}


class Words:
    """What is said in one language in one year. `words["scales.title"]` is a text, or a list of them."""

    def __init__(self, language: str, year: int) -> None:
        self.language, self._year = language, year
        self._texts = msgspec.json.decode(
            files("server.export.written").joinpath(f"words.{language}.json").read_bytes()
        )

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

    def counted(self, key: str, count: float) -> str:
        """One day, 2 days: the form of a text that goes with a number."""
        form: str = self[key]["one" if count == 1 else "other"]
        return form.format(n=self.number(count))

    def number(self, value: float | None) -> str:
        """At most one decimal, half of it rounded up as the screens do: 6.5; a dash for none."""
        if value is None:
            return NONE
        rounded = Decimal(repr(value)).quantize(_TENTH, ROUND_HALF_UP)
        text = f"{rounded:,f}" if abs(rounded) >= _GROUPED_FROM[self.language] else f"{rounded:f}"
        text = text.removesuffix(".0")
        return text.translate(str.maketrans(",.", ".,")) if self.language == "es" else text

    def day(self, day: date, *, short: bool = False, year: bool | None = None) -> str:
        """23 November, 23 Nov; with the year where it is another than that of the writing, or as asked for."""
        with_year = day.year != self._year if year is None else year
        month = self["months_short" if short else "months"][day.month - 1]
        if short:
            return f"{day.day} {month} {day.year}" if with_year else f"{day.day} {month}"
        return self.say("date_year" if with_year else "date", day=day.day, month=month, year=day.year)

    def span(self, first: date, last: date, *, year: bool | None = None) -> str:
        """15 September to 23 November. The year is said once where it is the same."""
        if first == last:
            return self.day(last, year=year)
        start = self.day(first, year=False if first.year == last.year else year)
        return self.say("span", first=start, last=self.day(last, year=year))

    def days(self, first: date, last: date) -> str:
        """23–27 Oct, 30 Sep–2 Oct, 3 Nov: what stands in a list."""
        end = self.day(last, short=True)
        if first == last:
            return end
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{end}"
        return f"{self.day(first, short=True, year=False if first.year == last.year else None)}–{end}"

    def instant(self, at: str, zone: str) -> str:
        """23 November, 20:41: an instant of the wire, as the clocks of `zone` show it."""
        wall = wall_of(at, zone)
        return self.say("at", day=self.day(wall.date()), time=f"{wall:%H:%M}")

    def listed(self, items: Sequence[str]) -> str:
        """Mood, anxiety and detachment."""
        if len(items) < 2:
            return "".join(items)
        return self.say("and", before=", ".join(items[:-1]), last=items[-1])


@lru_cache(maxsize=16)
def words_in(language: str, year: int) -> Words:
    """The words of a language, also of its kinds ("es-MX"), in a year; English where there are none."""
    spoken = language.partition("-")[0]
    return Words(spoken if spoken in LANGUAGES else "en", year)


def words_of(subject: Subject) -> Words:
    """The words for whoever reads it, on the day on which it is made."""
    return words_in(subject.language, subject.today.year)


def wall_of(at: str, zone: str) -> datetime:
    """An instant of the wire as the clocks of `zone` show it."""
    return datetime.fromisoformat(at).astimezone(zone_of(zone))
