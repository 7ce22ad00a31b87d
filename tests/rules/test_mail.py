"""Where letters leave, and that whatever somebody calls themselves changes nothing but their name in a letter."""

from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.mail.rules import Office, message, office_of
from server.reading_hours.letters import letter_of

ORIGIN = "https://diary.example.org"


@pytest.mark.parametrize(
    ("url", "office"),
    [
        ("smtp://mail.example.org", Office("smtp", "mail.example.org", 587, "", "", "interlude@diary.example.org")),
        ("smtps://me:s%40fe@m.org/", Office("smtps", "m.org", 465, "me", "s@fe", "interlude@diary.example.org")),
        ("smtp://a%40b.org:x@[::1]:25", Office("smtp", "::1", 25, "a@b.org", "x", "a@b.org")),
    ],
)  # fmt: skip
def test_an_office_is_what_its_address_says(url: str, office: Office) -> None:
    assert office_of(urlsplit(url), "diary.example.org") == office


names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=100)


@given(names, st.sampled_from(["en", "es", "es-MX", "de"]))
def test_a_name_stands_in_the_text_alone_and_as_it_is(name: str, language: str) -> None:
    office = office_of(urlsplit("smtp://mail.example.org"), "diary.example.org")
    subject, text = letter_of(name, ORIGIN, language)

    letter = message_from_bytes(message(office, "a@example.org", subject, text, "one").as_bytes(), policy=default)

    assert letter.get_content().replace("\r\n", "\n") == text
    assert text == letter_of("NAME", ORIGIN, language).text.replace("NAME", name)
    assert [letter[header] for header in ("from", "to", "subject")] == [office.sender, "a@example.org", subject]
    assert letter["subject"] == letter_of("NAME", ORIGIN, language).subject
