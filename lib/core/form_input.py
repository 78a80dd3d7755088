"""Reads the fields of a form, and gathers every fault before refusing it once.

Text is cleaned, days are read as people type them, choices are checked against their list.
"""

from collections.abc import Collection
from typing import Literal, overload

from lib.core import text
from lib.core.errors import N_, Invalid, Say
from lib.core.words import dates, phone
from lib.core.words.dates import shown as shown

# What stands in names beside letters and digits; a mark without a composed letter may stay. No colon: ":smile:" is
# drawn as a sign.
_SIGNS = " .,-–—'()/&;+°“”\"\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"

_LONGEST = 20_000  # characters of any field


class Typed:
    """The values of one form: each reader returns what to store and notes a fault under the field's name.

    A field that is required is there once `done` has passed; its type says so already.
    """

    def __init__(self, values: dict):
        self._values = values
        self.faults: dict[str, Say] = {}

    def fault(self, field: str, sentence: str, **places: object) -> None:
        self.faults.setdefault(field, Say(sentence, places))

    def text(self, field: str, limit: int, *, required: bool = False) -> str | None:
        """Return cleaned text within the limit, or None if nothing was typed."""
        typed = text.clean(self._text(field))
        if required and not typed:
            self.fault(field, N_("This may not be left empty."))
        if len(typed) > limit:
            self.fault(
                field, N_("This is too long: at most {limit} characters, now {length}."), limit=limit, length=len(typed)
            )
        return typed or None

    @overload
    def name(self, field: str, limit: int = 80, *, required: Literal[True] = True) -> str: ...
    @overload
    def name(self, field: str, limit: int = 80, *, required: bool) -> str | None: ...
    def name(self, field: str, limit: int = 80, *, required: bool = True) -> str | None:
        """Return a person's, team's or place's name: with a letter or digit, without signs that mean something else."""
        typed = text.name(self.text(field, limit, required=required)) or None
        if typed and not any(char.isalnum() for char in typed):
            self.fault(field, N_("A name must contain letters."))
        elif typed and (sign := next((char for char in typed if not char.isalnum() and char not in _SIGNS), None)):
            self.fault(field, N_("A name may not contain the character {sign}."), sign=sign)
        return typed

    def person(self, field: str) -> str | None:
        """Return a person's name, capitalised if typed without capitals."""
        return text.person(self.name(field)) or None

    @overload
    def day(self, field: str, *, today: str, latest: str | None = None, required: Literal[True]) -> str: ...
    @overload
    def day(self, field: str, *, today: str, latest: str | None = None, required: bool = False) -> str | None: ...
    def day(self, field: str, *, today: str, latest: str | None = None, required: bool = False) -> str | None:
        """Return a day from 2020 to `latest`, by default `today`; without a year the one nearest to today."""
        day, fault = dates.read(self._text(field), today=today, last=latest or today)
        if fault:
            self.faults.setdefault(field, fault)
        elif day is None and required:
            self.fault(field, dates.MISSING)
        return day

    @overload
    def number(self, field: str, least: int, most: int, *, required: Literal[True]) -> int: ...
    @overload
    def number(self, field: str, least: int, most: int, *, required: bool = False) -> int | None: ...
    def number(self, field: str, least: int, most: int, *, required: bool = False) -> int | None:
        """Return a whole number within bounds, or None if nothing was typed."""
        typed = text.clean(self._text(field))
        if not typed and not required:
            return None
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None
        if number is None or not least <= number <= most:
            self.fault(field, N_("Type a whole number from {least} to {most}."), least=str(least), most=str(most))
            return None
        return number

    def phone(self, field: str = "phone") -> str | None:
        try:
            return phone.parse(text.clean(self._text(field)), field)
        except Invalid as problem:
            self.faults.update(problem.faults)
            return None

    @overload
    def choice(self, field: str, among: Collection[str], *, required: Literal[True]) -> str: ...
    @overload
    def choice(self, field: str, among: Collection[str], *, required: bool = False) -> str | None: ...
    def choice(self, field: str, among: Collection[str], *, required: bool = False) -> str | None:
        chosen = self._values.get(field) or None
        if chosen is None and required:
            self.fault(field, N_("Choose one."))
        if chosen is not None and chosen not in among:
            self.fault(field, N_("Choose one from the list."))
            return None
        return chosen

    def choices(self, field: str, among: Collection[str]) -> list[str]:
        """Return the chosen values of a list, in its order, each once."""
        chosen = self._values.get(field) or []
        if not set(chosen) <= set(among):
            self.fault(field, N_("Choose from the list."))
        return [code for code in among if code in chosen]

    def flag(self, field: str) -> int:
        return int(bool(self._values.get(field)))

    def done(self) -> None:
        """Raise Invalid with every fault at once, if there is any."""
        if self.faults:
            raise Invalid(self.faults)

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        typed = "" if value is None else str(value)
        if len(typed) > _LONGEST:  # not even cleaned: that takes its time
            self.fault(
                field,
                N_("This is too long: at most {limit} characters, now {length}."),
                limit=_LONGEST,
                length=len(typed),
            )
            return ""
        return typed


WHY = N_("This changes a past day; say why.")


def reason(typed: Typed, day: str | None, *, today: str) -> str | None:
    """Return the typed reason; a change to a past day needs one, because its figures were already reported."""
    why = typed.text("reason", 200)
    if day and day < today and not why:
        typed.fault("reason", WHY)
    return why
