"""Vietnamese text: cleaned at every entrance, folded for search, keyed for sorting.

SQLite knows none of this (its LIKE and lower() are ASCII), so names are stored with a folded twin
and a sort key. Đ has no decomposition and is mapped by hand.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]")
_I_OR_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])[iy](?![a-z])|(?<=qu)[iy](?![a-z])|(?<![a-z])y(?![a-z])")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u00b4`\u02bc\u02b9\u02c8\u02ca\u2032\uff07"), "'")
_BARE = _APOSTROPHES | {ord("đ"): "d", ord("ƀ"): "b", ord("ɓ"): "b", ord("ɗ"): "d"}
_RUN = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_APART = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,2}) ?' ?(?=[^\W\d_])")


def clean(text: str | None) -> str:
    """NFC, no zero-width, control or half characters, single spaces, none at the ends; Eth becomes Đ."""
    if not text or (text.isascii() and text.isprintable()):
        return " ".join((text or "").split())
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str | None) -> str:
    """Without case and marks, for search: "Nguyễn Văn Đức" -> "nguyen van duc"."""
    bare = unicodedata.normalize("NFD", clean(text).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_BARE)


def other_spelling(folded: str) -> str | None:
    """The word with i for y, or y for i, as names are written both ways (Mỹ, Mĩ; Quý, Quí); None where neither is."""
    other = _I_OR_Y.sub(lambda letter: "y" if letter[0] == "i" else "i", folded)
    return None if other == folded else other


def holds(told: str, word: str) -> bool:
    """Whether a folded text holds a folded word; in its other spelling only as a whole word: "my" finds no Minh."""
    other = None if word in told else other_spelling(word)
    return word in told or bool(other and re.search(rf"(?<![a-z]){re.escape(other)}(?![a-z])", told))


# SQL: whether the folded text {0} holds the word {1}, or the pattern {2} of its other spelling (see `whole_word`).
HOLDS = "(instr({0}, {1}) or ' ' || {0} || ' ' glob ifnull({2}, ''))"


def whole_word(folded: str | None) -> str | None:
    """A pattern for SQLite's GLOB that finds this word in a folded text with a blank before and behind it."""
    return folded and "*[^a-z]" + re.sub(r"([*?\[])", r"[\1]", folded) + "[^a-z]*"


def name(text: str | None) -> str:
    """A cleaned name with the one apostrophe that all are found by: "H’Hen" and "Kʼ Brêu" are "H'Hen" and "K'Brêu"."""
    found = clean(text).translate(_APOSTROPHES)
    return _APART.sub(r"\1'", found) if found.count("'") == 1 else found


def _word_key(word: str) -> tuple[str, str]:
    """Letters by the Vietnamese alphabet, then tones in the order ngang huyền hỏi ngã sắc nặng."""
    if word.isdecimal():
        return f"0{int(word):06d}", ""
    letters, tones = [], []
    for char in unicodedata.normalize("NFC", word.casefold()):
        parts = unicodedata.normalize("NFD", char)
        tone = max((_TONES.get(p, 0) for p in parts), default=0)
        letter = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        place = _ALPHABET.find(letter)
        letters.append(chr(ord("A") + place) if place >= 0 else "/")
        tones.append(str(tone))
    return "".join(letters), "".join(tones)


@lru_cache(maxsize=4096)  # a board sorts the same names in each of its runs
def sort_key(text: str) -> str:
    """Text whose byte order is Vietnamese order, word by word; numbers by value, "Phường 9" before 10."""
    keys = [_word_key(word) for word in clean(text).split()]
    # A blank sorts before the dot between words: "Tân" before "Tân Biên" before "Tâng".
    return ".".join(letters for letters, _ in keys) + " " + ".".join(tones for _, tones in keys)


def person_sort_key(name: str) -> str:
    """People are listed by given name (the last word), then by the whole name."""
    words = clean(name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def capitalised(text: str) -> str:
    """A name with each word capitalised, also behind a sign: "nguyễn văn ĐỨC", "H'HEN", "Y-MOAN" -> "H'Hen"."""
    return _RUN.sub(lambda run: run[0][:1].upper() + run[0][1:].lower(), clean(text))


def person(text: str | None) -> str:
    """A person's name: typed all in capitals, or all without, it is written as names are; any other stays."""
    found = name(text)
    return capitalised(found) if found.isupper() or found.islower() else found
