"""The language lint: no message has words or claims that this product does not use (CLINICAL.md, section 6)."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from server.reading_hours.letters import letter_of
from tests.structure.shell import STATIC, without_comments

# Of a person's course; praise and streaks; claims that something heals or is proven, or that this app diagnoses.
NEVER = {
    "en": re.compile(
        r"\b(usual|fail(s|ed|ing|ures?)?|ended|only|los(t|e|es|ing)|worst"
        r"|streaks?|congrat\w+|well done|(great|good|nice) (job|work)|keep it up|proud|amazing|awesome|winning"
        r"|perfect(ly)?|missed|overdue|relapsed?|cure[sd]?|heal(s|ed|ing)?|improv(e|es|ed|ing|ements?)|effective\w*|proven|guarantee\w*"
        r"|diagnos\w+|monitors?)\b|!",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(habitual(es)?|fall(ó|ado|ada|ida|ido)|fracas\w+|termin(ó|ado|ada|ados|adas)|s[oó]lo|solamente|únicamente"
        r"|perd(í|ió|iste|ieron|er|ería|erían|erá|ido|ida)|pierd\w+|peor(es)?"
        r"|rachas?|enhorabuena|felici\w+|bien hecho|buen trabajo|sigue así|orgull\w+|genial|perfect\w+"
        r"|atrasad\w+|reca(er|ída|ídas|yó)|cura(r|do|da)?|sana(r|do|da)?|mejor(a|as|ar|ado|ada|ía)|eficaz|eficaces"
        r"|garantiz\w+|diagnóstic\w+|diagnostica)\b|[¡!]",
        re.IGNORECASE,
    ),
}

# Where such a word means something else. Each is a whole phrase, so that nothing but the phrase is let through.
MEANS_SOMETHING_ELSE = {
    "en": {
        "who may read a note": ("only me", "only you see this note"),
        "what the person chose to be asked": ("only the three scales", "only scales", "only if you want"),
        "where things lie, and what a phone can do": ("on this device only", "come only to the icon"),
        "what is stored": (
            "nothing was lost",
            "would be lost",
            "had not been sent, and is lost",
            "had not been sent, and are lost",
        ),
        "a phone": ("lost phone", "lost a phone"),
        "an item of the check-in, word for word": ("I lost time", "lost track of time"),
        "a share, or a sign-in": ("the share was not ended", "nothing was ended", "ended. this device alone"),
        "what the product says it is not": (
            "not a device that monitors, diagnoses or treats",
            "not a monitor",
            "none of them is a diagnosis",
            "no diagnosis",
        ),
    },
    "es": {
        "who may read a note": ("solo yo", "solo tú ves esta nota"),
        "what the person chose to be asked": ("solo las tres escalas", "solo escalas", "solo si quieres"),
        "where things lie, and what a phone can do": (
            "solo en este dispositivo",
            "solo está en este dispositivo",
            "solo este dispositivo",
            "solo queda este dispositivo",
            "solo pueden llegar al icono",
            "solo tuya",
            "solo cifras",
            "solo se muestran ahora",
        ),
        "what is stored": (
            "no se perdió nada",
            "no se perdería ninguna entrada",
            "y se perdería",
            "así que se perdería",
            "también se perdería lo que está a medio escribir",
            "no se había enviado y se perdió",
            "no se habían enviado y se perdieron",
            "un recordatorio espera; no se pierde",
        ),
        "a phone": ("teléfono perdido", "perdiste el teléfono"),
        "an item of the check-in, word for word": ("perdí tiempo", "perdiste la noción del tiempo"),
        "a share, or the time of one": (
            "acceso compartido no terminó",
            "no se terminó nada",
            "el plazo de este acceso compartido terminó",
            "el plazo de este acceso terminó",
            "su plazo terminó",
        ),
        "a questionnaire": ("no se terminó en 4 días",),
        "what the product says it is not": (
            "no un aparato que vigila, diagnostica o trata",
            "ninguno es un diagnóstico",
            "no un diagnóstico",
        ),
    },
}


def messages(source: str) -> list[str]:
    """Every text of a message file: what is quoted, and the pieces of a template between what is put into it."""
    found, within, text = [], [""], ""
    for mark in re.findall(r"""\\.|\$\{|[^\\]""", without_comments(source), re.DOTALL):
        if within[-1] in ('"', "`"):
            ends = mark == within[-1]
            if ends or (mark == "${" and within[-1] == "`"):
                found.append(text)
                text = ""
                within.pop() if ends else within.append("{")
            else:
                text += mark
        elif mark in ('"', "`", "{", "${"):
            within.append("{" if mark == "${" else mark)
        elif mark == "}" and len(within) > 1:
            within.pop()
    return [one for one in found if one.strip()]


def files(language: str) -> list[Path]:
    """The message files of a language."""
    return sorted((STATIC / "js").rglob(f"*words.{language}.js"))


def said_by_server(language: str) -> dict[str, list[str]]:
    """What the server writes to people: a summary on paper, a letter."""

    def leaves(told: Any) -> list[str]:
        if isinstance(told, str):
            return [told]
        return [text for part in (told.values() if isinstance(told, dict) else told) for text in leaves(part)]

    paper = json.loads((STATIC.parent / "server" / "export" / "written" / f"words.{language}.json").read_text("utf-8"))
    return {"on paper": leaves(paper), "in a letter": list(letter_of("Ines", "https://diary.example.org", language))}


def unkind(text: str, language: str) -> list[str]:
    """What a text says that it should not, once the phrases that mean something else are taken out."""
    for phrase in phrases(language):
        text = re.sub(re.escape(phrase), "…", text, flags=re.IGNORECASE)
    return [match[0] for match in NEVER[language].finditer(text)]


def phrases(language: str) -> list[str]:
    """All that is let through, the longest first: one may begin as another does."""
    return sorted((one for some in MEANS_SOMETHING_ELSE[language].values() for one in some), key=len, reverse=True)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_message_says_what_this_product_does_not_say(language: str) -> None:
    read = {path.relative_to(STATIC).as_posix(): messages(path.read_text("utf-8")) for path in files(language)}
    read |= said_by_server(language)

    said = {
        name: found
        for name, texts in read.items()
        if (found := [(word, text) for text in texts for word in unkind(text, language)])
    }

    assert len(read) > 15
    assert sum(map(len, read.values())) > 500
    assert said == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_phrase_that_is_let_through_is_still_said(language: str) -> None:
    texts = " ".join(path.read_text("utf-8") for path in files(language)).lower()

    assert [phrase for phrase in phrases(language) if phrase.lower() not in texts] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your lowest week so far, and the worst."),
        ("en", "The treatment failed."),
        ("en", "Back to your usual mood"),
        ("en", "You only wrote twice"),
        ("en", "A streak of 5 days"),
        ("en", "Ketamine heals"),
        ("en", "Saved!"),
        ("es", "Tu peor semana"),
        ("es", "La sesión terminó antes"),
        ("es", "Solo escribiste dos veces"),
        ("es", "¡Bien hecho!"),
        ("es", "Llevas una racha de 5 días"),
        ("es", "Tu ánimo mejora"),
    ],
)
def test_such_a_message_is_found(language: str, text: str) -> None:
    assert unkind(text, language)


def test_the_texts_of_a_message_file_are_all_read() -> None:
    template = '  b: (/** @type {number} */ n) => `two ${n > 1 ? "three" : `four`} five`,'
    source = "\n".join(["export default {", '  a: "one", // not this', template, "}"])

    assert messages(source) == ["one", "two ", "three", "four", " five"]
