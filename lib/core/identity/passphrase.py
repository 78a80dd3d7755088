"""What a password has to be: long enough, typed as seen, and not one that everybody tries first.

It is compared in its composed form (NFC), whatever the keyboard made of its marks; nothing in it is dropped silently.
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from lib.core import text
from lib.core.errors import N_, Say

SHORTEST, BYTES, DIFFERENT = 10, 72, 5  # characters; what bcrypt reads; different characters
LETTERS = 3  # fewer of them among digits and signs are no words
_LONGEST = 256  # characters that are looked at at all

SHORTEST_RUN = 3  # letters in a row on the keyboard or in the alphabet that are a word like another


def _runs(row: str, shortest: int = SHORTEST_RUN) -> set[str]:
    """What lies side by side in a row, read either way."""
    places = range(len(row) - shortest + 1)
    ends = [(start, end) for start in places for end in range(start + shortest, len(row) + 1)]
    return {way[start:end] for way in (row, row[::-1]) for start, end in ends}


# What is tried first, without marks, blanks and signs; also put together, repeated, and with numbers and signs between.
_TRIED = frozenset(Path(__file__).with_name("passwords_tried.txt").read_text("utf-8").split())
_ROWS = frozenset(
    {run for row in ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm") for run in _runs(row)}
    | {run for row in ("qaz", "wsx", "edc", "rfv", "tgb", "yhn", "ujm") for run in _runs(row)}
    | _runs("1q2w3e4r5t6y7u8i9o0p", 4)
)
# Signs and digits that stand for a letter: M4tkh@u. They may as well stand for nothing: Matkhau@123.
_LOOK_ALIKE = {"@": "a", "4": "a", "3": "e", "!": "i", "1": "il", "0": "o", "$": "s", "5": "s", "7": "t"}
# Blank without being a blank, by their kind or (fillers, joiners, selectors) although they count as letters or marks.
_UNSEEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for span in ((0x180B, 0x1810), (0xFE00, 0xFE10), (0xE0100, 0xE01F0)) for code in range(*span)
}


def faults(password: str, again: str | None = None, *, about: Iterable[str] = ()) -> dict[str, Say]:
    """Field (`password`, `again`) -> the sentence that mends it. `about`: names that belong to the account."""
    typed = unicodedata.normalize("NFC", password[:_LONGEST])
    wrong = _form(typed) or (_guessable(typed, about) and Say(_FIRST_TRIED))
    if wrong:
        return {"password": wrong}
    if again is not None and unicodedata.normalize("NFC", again[:_LONGEST]) != typed:
        return {"again": Say(N_("The two passwords differ; enter both again."))}
    return {}


_FIRST_TRIED = N_(
    "This password is easy to guess: a common password, only digits, a row of keys, or the name of "
    "the account or its area. Choose a short sentence of your own."
)


def _form(typed: str) -> Say | None:
    if unseen := next((place for place, sign in enumerate(typed, start=1) if _is_unseen(sign)), None):
        return Say(
            N_("Character {n} of this password is invisible. Type it by hand instead of pasting it."), {"n": unseen}
        )
    if typed != typed.strip():
        return Say(N_("A password may not begin or end with a space."))
    if len(typed) < SHORTEST:
        return Say(N_("A password has at least 10 characters; a short sentence is easy to remember."))
    if len(typed.encode()) > BYTES:
        return Say(N_("This password is too long: use at most 72 letters without accents, or about 30 with."))
    return None


def _is_unseen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in _UNSEEN_KINDS or kind == "Zs" and sign != " " or sign in _UNSEEN


def _guessable(typed: str, about: Iterable[str]) -> bool:
    signs = [sign for sign in text.fold(typed) if sign.isalnum() or sign in _LOOK_ALIKE]
    bare = list(filter(str.isalnum, signs))
    if len(set(typed.casefold())) < DIFFERENT or sum(map(str.isalpha, bare)) < LETTERS:
        return True
    words = _TRIED | _ROWS | {word for name in about for word in _words(name)}
    return _is_made_of(signs, words) or _is_made_of(bare, words)


def _words(name: str) -> set[str]:
    """A name as a whole, backwards, and its words of three letters and more."""
    whole = _bare(name)
    return {whole, whole[::-1], *(word for word in map(_bare, text.fold(name).split()) if len(word) > 2)} - {""}


def _bare(typed: str) -> str:
    return "".join(letter for letter in text.fold(typed) if letter.isalnum())


def _is_made_of(signs: list[str], words: frozenset[str]) -> bool:
    """Whether it falls into words of the list, digits and signs, nothing left over."""
    ends = {0}
    for place, sign in enumerate(signs):
        if place in ends:
            ends |= {place + 1} if not sign.isalpha() else set()
            ends |= {place + len(word) for word in words if _reads(signs[place : place + len(word)], word)}
    return len(signs) in ends


def _reads(signs: list[str], word: str) -> bool:
    return len(signs) == len(word) and all(
        sign == letter or letter in _LOOK_ALIKE.get(sign, "") for sign, letter in zip(signs, word, strict=True)
    )
