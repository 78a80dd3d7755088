"""Cleans Vietnamese text, folds it for search, and makes sort keys.

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
    """Return text in NFC with single inner spaces, without zero-width, control or half characters; Eth becomes Đ."""
    if not text or (text.isascii() and text.isprintable()):
        return " ".join((text or "").split())
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").replace("\u00f0", "đ")
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str | None) -> str:
    """Remove case and marks, for search: "Nguyễn Văn Đức" -> "nguyen van duc"."""
    bare = unicodedata.normalize("NFD", clean(text).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_BARE)


def other_spelling(folded: str) -> str | None:
    """Return a word with i for y or y for i (Mỹ, Mĩ; Quý, Quí); None if it has neither."""
    other = _I_OR_Y.sub(lambda letter: "y" if letter[0] == "i" else "i", folded)
    return None if other == folded else other


def holds(folded: str, word: str) -> bool:
    """Whether a folded text contains a folded word; in its other spelling only as a whole word: "my" finds no Minh."""
    other = None if word in folded else other_spelling(word)
    return word in folded or bool(other and re.search(rf"(?<![a-z]){re.escape(other)}(?![a-z])", folded))


# SQL: whether the folded text {0} holds the word {1}, or the pattern {2} of its other spelling (see `whole_word`).
HOLDS = "(instr({0}, {1}) or ' ' || {0} || ' ' glob ifnull({2}, ''))"


def whole_word(folded: str | None) -> str | None:
    """Return a GLOB pattern that finds the word in a folded text padded with a blank at both ends."""
    return folded and "*[^a-z]" + re.sub(r"([*?\[])", r"[\1]", folded) + "[^a-z]*"


def name(text: str | None) -> str:
    """Return a cleaned name with one kind of apostrophe: "H’Hen" and "Kʼ Brêu" become "H'Hen" and "K'Brêu"."""
    cleaned = clean(text).translate(_APOSTROPHES)
    return _APART.sub(r"\1'", cleaned) if cleaned.count("'") == 1 else cleaned


def _word_key(word: str) -> tuple[str, str]:
    """Return a word's sort key: letters by the Vietnamese alphabet, then tones (ngang huyền hỏi ngã sắc nặng)."""
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
    """Return a key whose byte order is Vietnamese order, word by word; numbers by value, "Phường 9" before 10."""
    keys = [_word_key(word) for word in clean(text).split()]
    # A blank sorts before the dot that separates words: "Tân" before "Tân Biên" before "Tâng".
    return ".".join(letters for letters, _ in keys) + " " + ".".join(tones for _, tones in keys)


def person_sort_key(name: str) -> str:
    """Return the sort key of a person: the given name (the last word), then the whole name."""
    words = clean(name).split()
    return sort_key(" ".join(words[-1:] + words[:-1]))


def capitalised(text: str) -> str:
    """Capitalise each word of a name, also behind a sign: "nguyễn văn ĐỨC" -> "Nguyễn Văn Đức", "H'HEN" -> "H'Hen"."""
    return _RUN.sub(lambda run: run[0][:1].upper() + run[0][1:].lower(), clean(text))


def person(text: str | None) -> str:
    """Return a person's name, capitalised if it was typed all in capitals or all without."""
    cleaned = name(text)
    return capitalised(cleaned) if cleaned.isupper() or cleaned.islower() else cleaned
