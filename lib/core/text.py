"""Vietnamese text: cleaned at every entrance, folded for search, keyed for sorting.

SQLite knows none of this (its LIKE and lower() are ASCII), so names are stored with a folded twin
and a sort key. Đ has no decomposition and is mapped by hand.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def clean(text: str | None) -> str:
    """NFC, no zero-width, control or half characters, single spaces, none at the ends; Eth becomes Đ."""
    text = unicodedata.normalize("NFC", text or "").replace("\u00d0", "Đ").replace("\u00f0", "đ")
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    return " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str | None) -> str:
    """Without case and marks, for search: "Nguyễn Văn Đức" -> "nguyen van duc"."""
    bare = unicodedata.normalize("NFD", clean(text).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c)).replace("đ", "d")


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
    """A person's or place's name with each word capitalised: "nguyễn văn ĐỨC" -> "Nguyễn Văn Đức"."""
    return " ".join(word[:1].upper() + word[1:].lower() for word in clean(text).split())
