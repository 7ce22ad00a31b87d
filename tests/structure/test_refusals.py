"""What the server refuses of one of the app's forms is said there in the words of each language."""

import re
from pathlib import Path

import msgspec
import pytest

from server.accounts.rules import (
    AccountChanges,
    AddressTaken,
    CodeBody,
    NewAccount,
    RegistrationClosed,
    WrongCredentials,
)
from server.base.errors import NotFound, StorageFull, TooLarge
from server.prompts.bodies import ReminderBody
from server.push.rules import NewSubscription
from server.reading_hours.rules import ReadingHours
from server.sharing.rules import ConsentExpired, ConsentWithdrawn, NewConsent

BASE = Path(__file__).parents[2] / "static/js/base"
FORMS = (NewAccount, AccountChanges, CodeBody, ReminderBody, NewSubscription, NewConsent, ReadingHours)
# What no form lets a person choose wrongly.
CHOSEN_BY_THE_APP = {"role", "language", "skip_if_logged", "keys", "label", "every_answer"}
PROBLEMS = (
    NotFound, TooLarge, StorageFull, WrongCredentials, AddressTaken, RegistrationClosed, ConsentWithdrawn,
    ConsentExpired,
)  # fmt: skip


def words(language: str, block: str) -> dict[str, str]:
    """One block of the words for what went wrong."""
    text = (BASE / f"fault-words.{language}.js").read_text("utf-8")
    found = re.search(rf"^  {block}: [^\n]*{{\n(.*?)^  }}", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return {name.strip('"'): said for name, said in re.findall(r'^    ("?[\w-]+"?): "(.+)",$', found[1], re.MULTILINE)}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_and_problem_that_a_form_can_meet_has_words(language: str) -> None:
    fields = {field.encode_name for form in FORMS for field in msgspec.structs.fields(form)} - CHOSEN_BY_THE_APP

    assert fields - words(language, "field").keys() == set()
    assert {problem.name for problem in PROBLEMS} - words(language, "problem").keys() == set()


def test_both_languages_have_words_for_the_same() -> None:
    for block in ("field", "problem"):
        assert words("en", block).keys() == words("es", block).keys()
