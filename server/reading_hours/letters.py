"""What whoever reads instead is written: that something waits, and not whose it is or what it says. Pure."""

import re
from typing import NamedTuple
from unicodedata import normalize

_NAME_LENGTH = 60
# What a mail program could make a link of; “Dr. J.R. Vogt” is none.
_link = re.compile(r"[.。]\w{2}|\d\.\d|://|@").search


class Letter(NamedTuple):
    """A letter in its reader's language."""

    subject: str
    text: str


_IN_ENGLISH = Letter(
    "An alert was not read in time",
    """{name} reads alerts at {origin} and named you as who reads when they can't.

At least one alert to {name} was not read within the hours they set. Please reach {name}, or do what the two of you
agreed for this.

This letter does not say whose alert it is, nor what it says: {name} sees that after signing in. Whoever sent it
knows that it was not read, and has numbers to call.

The name above is the one they gave themselves. They can take your address off on their page of reading hours.
Nobody reads answers to this letter.
""",
)
_IN_SPANISH = Letter(
    "Un aviso no se leyó a tiempo",
    """{name} lee avisos en {origin} y dejó tu nombre como quien lee cuando no puede.

Al menos un aviso a {name} no se leyó dentro del horario que puso. Por favor, ponte en contacto con {name}, o haz lo
que hayas acordado con esa persona para este caso.

Esta carta no dice de quién es el aviso, ni lo que dice: {name} lo ve al entrar. Quien lo envió sabe que no se leyó,
y tiene números a los que llamar.

El nombre de arriba es el que se puso la propia persona. Puede quitar tu dirección en su página de horario de lectura.
Nadie lee las respuestas a esta carta.
""",
)


def letter_of(name: str, origin: str, language: str) -> Letter:
    """The letter to the backup of a reader who goes by `name`; English where their language has none."""
    is_spanish = language.partition("-")[0] == "es"
    subject, text = _IN_SPANISH if is_spanish else _IN_ENGLISH
    somebody = "Alguien" if is_spanish else "Somebody"
    return Letter(subject, text.format(name=_shown(name) or somebody, origin=origin))


def _shown(name: str) -> str:
    """A name as a stranger may be shown it: whoever gave it to themselves chose the address as well."""
    plain = "".join(each for each in normalize("NFKC", name) if each.isprintable())
    return "" if _link(plain) else plain[:_NAME_LENGTH].strip()
