"""Which letters a page can be set in, and what stands in place of the others. Pure.

The fonts are those that typst brings, so that a page looks the same wherever it is made; they hold Latin, Greek,
Cyrillic, Armenian, Hebrew, Georgian and Cherokee, signs and arrows. PDF/UA refuses a letter without a shape.
"""

import re
from unicodedata import category, name, normalize

from server.export.written.words import Words

BOX = "▯"
_RANGES = (
    "20-7e a0-377 37a-37f 384-38a 38c-38c 38e-3a1 3a3-484 487-4ff 531-556 559-58a 591-5c7 5d0-5ea 5ef-5f4 e99-e9f "
    "ead-eb9 ec8-ecd 10d0-10ff 13a0-13f5 13f8-13fd 180b-180f 1d00-1dbf 1e00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d "
    "1f50-1f57 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff6-1ffe 2000-2040 2044-2052 2054-2064 "
    "2066-2071 2074-208e 2090-209c 20a0-20c0 2100-211e 2126-2151 2153-2184 2190-23ff 2460-2606 2609-262f 2638-268b "
    "2690-269c 26a0-26a7 26aa-26af 270c-2714 2717-2726 272a-274b 2758-275e 2761-277f 2798-27af 27b1-2b73 2b76-2b95 "
    "2b97-2bff 2c60-2cf3 2cf9-2cff a708-a716 a71b-a727 a789-a78e fb00-fb06 fb13-fb17 fb1d-fb36 fb38-fb3c fb46-fb4f "
    "fe00-fe0f fff9-fffd "
)
SHOWN = [tuple(int(end, 16) for end in each.split("-")) for each in _RANGES.split()]
"""First and last code points, both included, of the letters that have a shape."""

_UNSEEN = ("Cc", "Cf", "Cs")  # controls, among them those that turn the order of letters
_unshown = re.compile(
    "[^\\n{}]".format(
        "".join(f"{chr(first)}-{chr(last)}".replace("\\", "\\\\").replace("]", "\\]") for first, last in SHOWN)
    )
)


def shown(text: str, words: Words) -> str:
    """The text as the page can show it: a picture by its name, a letter without a shape as a box, nothing hidden."""
    kept: list[str] = []
    for letter in normalize("NFC", text.replace("\t", " ")):
        kind = category(letter)
        if kind[0] == "M" and not (kept and category(kept[-1][-1])[0] in "LM"):
            continue  # it changes the look of a letter, and here is none
        if letter == "\n" or kind not in _UNSEEN:
            kept.append(letter)
    return _unshown.sub(lambda found: _instead(found[0], words), "".join(kept))


def plain(text: str) -> str:
    """The text in letters that every font has."""
    return re.sub("[^ -~\n\u00a1-\u017f\u2013-\u2026]", BOX, text)


def _instead(letter: str, words: Words) -> str:
    kind = category(letter)
    if kind in ("Mn", "Me", "Sk"):
        return ""
    return words.say("picture", name=name(letter, "?").lower()) if kind == "So" else BOX
