"""What a password has to be: long enough, typed as seen, and not one that everybody tries first.

It is compared in its composed form (NFC), whatever the keyboard made of its marks; nothing in it is dropped silently.
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from lib.core import text
from lib.core.errors import N_, Say

SHORTEST, BYTES, DIFFERENT = 10, 72, 5  # characters; what bcrypt reads; different characters
_LONGEST = 256  # characters that are looked at at all

# What is tried first, without marks, blanks and signs; also put together, repeated, and with numbers between.
_TRIED = frozenset(Path(__file__).with_name("passwords_tried.txt").read_text("utf-8").split())
_LOOK_ALIKE = str.maketrans("@$!", "asi")
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
        return {"again": Say(N_("The two passwords differ."))}
    return {}


_FIRST_TRIED = N_("This is one of those that are tried first: a common password, only numbers, a row of keys, or the "
                  "name of the account or its area. Choose a short sentence of your own.")  # fmt: skip


def _form(typed: str) -> Say | None:
    if unseen := next((place for place, sign in enumerate(typed, start=1) if _is_unseen(sign)), None):
        return Say(N_("Character {n} of this password cannot be seen. Type it by hand instead of pasting it."),
                   {"n": unseen})  # fmt: skip
    if typed != typed.strip():
        return Say(N_("A password does not begin or end with a blank."))
    if len(typed) < SHORTEST:
        return Say(N_("A password has at least 10 characters; a short sentence is easy to remember."))
    if len(typed.encode()) > BYTES:
        return Say(N_("This password is too long: use at most 72 letters without marks, or about 30 with."))
    return None


def _is_unseen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind in _UNSEEN_KINDS or kind == "Zs" and sign != " " or sign in _UNSEEN


def _guessable(typed: str, about: Iterable[str]) -> bool:
    bare = _bare(typed.translate(_LOOK_ALIKE))
    if len(set(typed.casefold())) < DIFFERENT or not bare or bare.isdecimal():
        return True
    if len({ord(two) - ord(one) for one, two in zip(bare, bare[1:], strict=False)}) == 1:  # abcdefghij, zyxwvutsrq
        return True
    return _is_made_of(bare, _TRIED | {word for name in about for word in _words(name)})


def _words(name: str) -> set[str]:
    """A name as a whole, backwards, and its words of three letters and more."""
    whole = _bare(name)
    return {whole, whole[::-1], *(word for word in map(_bare, text.fold(name).split()) if len(word) > 2)} - {""}


def _bare(told: str) -> str:
    return "".join(letter for letter in text.fold(told) if letter.isalnum())


def _is_made_of(bare: str, words: set[str]) -> bool:
    """Whether it falls into words of the list and digits, nothing left over."""
    ends = {0}
    for place in range(len(bare)):
        if place in ends:
            ends |= {place + 1} if bare[place].isdecimal() else set()
            ends |= {place + len(word) for word in words if bare.startswith(word, place)}
    return len(bare) in ends
