"""Compares two Vietnamese names: marks, word order, y or i, a letter mistyped, a word left out.

Old and new ways to place a tone (oà, òa) are one; the letter y alone as a vowel is i (Quý, Quí; Mỹ, Mĩ).
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from lib.core import text

_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=qu)y$|^y$")
_TONES = "\u0300\u0309\u0303\u0301\u0323"


class Name(NamedTuple):
    """A name to compare: folded words in order, the same sorted, and the marked words with each tone set behind."""

    words: tuple[str, ...]
    bag: tuple[str, ...]
    marked: tuple[str, ...]


@lru_cache(maxsize=32_768)
def name(typed: str | None) -> Name:
    words = text.name(typed).casefold().split()
    folded = tuple(map(_folded, words))
    return Name(folded, tuple(sorted(folded)), tuple(sorted(map(_marked, words))))


@lru_cache(maxsize=32_768)
def spoken(typed: str | None) -> tuple[str, ...]:
    """Return a name's words without regard to capitals, the place of a tone, y or i, and the kind of apostrophe."""
    return tuple(map(_marked, text.name(typed).casefold().split()))


@lru_cache(maxsize=32_768)
def plain(place: str | None) -> str:
    """Return a lane or house number without capitals and with one kind of apostrophe; empty for none."""
    return text.name(place).casefold()


@lru_cache(maxsize=8_192)
def _folded(word: str) -> str:
    return _Y.sub("i", text.fold(word))


@lru_cache(maxsize=8_192)
def _marked(word: str) -> str:
    """Return the word with its tone set behind it: "hoà" and "hòa" both become "hoa" and a grave."""
    parts = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return _Y.sub("i", bare) + "".join(c for c in parts if c in _TONES)


@lru_cache(maxsize=8_192)
def without_one(bag: tuple[str, ...]) -> tuple[str, ...]:
    """Return all words, then all but one, for each word: names that differ in one word share one of these.

    As text, which is quicker to look up than the words one by one.
    """
    less = {" ".join(bag[:place] + bag[place + 1 :]) for place in range(len(bag))} if len(bag) > 1 else set()
    return " ".join(bag), *sorted(less - {" ".join(bag)})


def alike(one: Name, other: Name) -> str | None:
    """Return how two names agree: `same`, `order`, `marks`, `letter` or `word`; None for different names.

    A name typed without any mark says nothing about its marks.
    """
    if one.bag == other.bag:
        typed_bare = one.bag in (one.marked, other.marked)
        if one.marked != other.marked and not typed_bare:
            return "marks"
        return "same" if one.words == other.words else "order"
    shorter, longer = sorted((one.bag, other.bag), key=len)
    if len(shorter) < 2 or len(longer) - len(shorter) > 1:
        return None
    added, gone = _missing(longer, shorter), _missing(shorter, longer)
    if len(added) > 1:
        return None
    return "letter" if gone and slipped(added[0], gone[0]) else None if gone else "word"


def _missing(words: tuple[str, ...], elsewhere: tuple[str, ...]) -> list[str]:
    return list((Counter(words) - Counter(elsewhere)).elements())


def slipped(one: str, other: str) -> bool:
    """Whether two words differ by a letter or by two exchanged ones, or one abbreviates the other ("V." for "Văn")."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if shorter.rstrip(".") == longer[:1]:
        return True
    at = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    exchanged = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return exchanged or longer[at + 1 :] == shorter[at + 1 :]
