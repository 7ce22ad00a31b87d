"""Where letters leave, and that whatever somebody calls themselves changes nothing but their name in a letter."""

import re
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.mail.rules import Office, message, office_of
from server.reading_hours.letters import letter_of
from server.reading_hours.rules import Address

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
def test_a_name_stands_in_the_text_alone(name: str, language: str) -> None:
    office = office_of(urlsplit("smtp://mail.example.org"), "diary.example.org")
    subject, text = letter_of(name, ORIGIN, language)

    letter = message_from_bytes(message(office, "a@example.org", subject, text, "one").as_bytes(), policy=default)

    assert letter.get_content().replace("\r\n", "\n") == text
    assert text.count(ORIGIN) == 1
    assert [letter[header] for header in ("from", "to", "subject")] == [office.sender, "a@example.org", subject]
    assert letter["subject"] == letter_of("NAME", ORIGIN, language).subject


@given(st.from_regex(re.compile(msgspec.inspect.type_info(Address).pattern or ""), fullmatch=True))  # type: ignore[attr-defined]
def test_whatever_is_taken_as_an_address_is_one_in_the_letter(address: str) -> None:
    office = office_of(urlsplit("smtp://mail.example.org"), "diary.example.org")

    letter = message_from_bytes(message(office, address, "One", "Two", "three").as_bytes(), policy=default)

    assert [each.addr_spec for each in letter["to"].addresses] == [address]


@pytest.mark.parametrize("name", ["Dr. Ines Vogt", "J.R. Vogt", "Ines Vogt, Ph.D.", "Praxis Vogt/Lind", "李 医生"])
def test_a_name_is_shown_as_it_is(name: str) -> None:
    assert f"Please reach {name}," in letter_of(name, ORIGIN, "en").text


@pytest.mark.parametrize(
    "name",
    ["Win at evil.example", "https://x", "a@b", "10.0.0.1/x", "evil。example", "evil．example", "evil.\u200bexample",
     "\u202e", " "],
)  # fmt: skip
def test_a_name_that_could_become_a_link_is_not_shown(name: str) -> None:
    assert letter_of(name, ORIGIN, "en") == letter_of("Somebody", ORIGIN, "en")
    assert letter_of(name, ORIGIN, "es") == letter_of("Alguien", ORIGIN, "es")


def test_a_long_name_is_cut() -> None:
    assert letter_of("x" * 100, ORIGIN, "en") == letter_of("x" * 60, ORIGIN, "en")


def test_a_letter_with_a_name_in_any_script_can_be_read_on_the_way() -> None:
    office = office_of(urlsplit("smtp://mail.example.org"), "diary.example.org")

    sent = message(office, "a@example.org", *letter_of("瞳" * 60, ORIGIN, "en"), "one").as_bytes()

    assert b"Content-Transfer-Encoding: quoted-printable" in sent
    assert b"Nobody reads answers to this letter." in sent
