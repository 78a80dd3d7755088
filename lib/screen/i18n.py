"""Words, numbers and dates in the visitor's language. Vietnamese first; English is the source text."""

import gettext
import threading
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from lib.core import clock
from lib.core.errors import N_ as N_
from lib.core.errors import Say, Verbatim
from lib.core.words import number_format, place_words
from lib.core.words.place_words import PlaceWords

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "tungnha_language"
_LOCALE = Path(__file__).with_name("locale")


class RunWords(threading.local):
    """The language and the place words of one run of a page; a run is a thread."""

    _language: str | None = None
    _places: PlaceWords | Callable[[], PlaceWords] | None = None

    def language(self) -> str:
        """The language of this run. Every word asks, so the browser is asked once, when the page begins."""
        return self._language or _chosen()

    def settle(self, language: str | None = None) -> None:
        """Settle the language for the rest of this run, looked up unless given."""
        self._language, self._places = language or _chosen(), None

    def settle_places(self, find: Callable[[], PlaceWords]) -> None:
        """Settle how the words for hamlets, communes and districts are found when a sentence first needs them."""
        self._places = find

    def places(self) -> PlaceWords:
        """The words of the user's area; general ones before anybody signed in."""
        if not isinstance(self._places, PlaceWords):
            self._places = self._places() if self._places else PlaceWords()
        return self._places


RUN_WORDS = RunWords()
language, settle, settle_places = RUN_WORDS.language, RUN_WORDS.settle, RUN_WORDS.settle_places


def in_place(sentence: str) -> str:
    """A sentence in the words of the user's area; in general words before anybody signed in."""
    return RUN_WORDS.places().put(sentence) if place_words.speaks(sentence) else sentence


def _chosen() -> str:
    """`vi` unless this browser chose otherwise (a cookie set by /language)."""
    chosen = st.session_state.get("language") or st.context.cookies.get(COOKIE)
    return chosen if isinstance(chosen, str) and chosen in LANGUAGES else "vi"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("app", _LOCALE, [language], fallback=True)


def _(sentence: str) -> str:
    translated = catalogue(language()).gettext(sentence) if sentence else ""
    # What is no sentence of ours, as the word “ấp”, stays as it is.
    return translated if translated is sentence else in_place(translated)


def ngettext(one: str, many: str, n: int) -> str:
    return in_place(catalogue(language()).ngettext(one, many, n))


def say(sentence: Say) -> str:
    """A refusal or warning of lib, translated with its places filled in."""
    return _(sentence.text).format(**{name: _in_words(value) for name, value in sentence.places.items()})


def _in_words(value: object) -> object:
    """What stands in a place: a word or a sentence translated; a number, and what somebody wrote, as it is."""
    if isinstance(value, Say):
        return say(value)
    return _(value) if isinstance(value, str) and not isinstance(value, Verbatim) else value


def number(value: float | int | None, digits: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English; a dash for nothing."""
    if value is None:
        return "–"
    return f"{value:,.{digits}f}" if language() == "en" else number_format.vietnamese(value, digits)


def share(part: int | None, whole: int | None) -> str:
    """A percentage to one decimal, rounded half up; never 100 % while one is missing, never 0 % while one is there."""
    if not whole or part is None:
        return "–"
    return f"{number(number_format.tenths(part, whole) / 10, 1)}%"


def points(change: float | None) -> str:
    """A change of a share in percentage points, signed: +1,2 or −0,4."""
    if change is None:
        return "–"
    rounded = round(change * 100, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{number(abs(rounded), 1)}"


def day(value: str | date | None) -> str:
    """dd/mm/yyyy in both languages."""
    if not value:
        return ""
    return (date.fromisoformat(value) if isinstance(value, str) else value).strftime("%d/%m/%Y")


def weekday(value: str) -> str:
    names = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
    return _(names[date.fromisoformat(value).weekday()])


def hour(stamp: str | None, day: str | None = None) -> str:
    """HH:MM in Viet Nam of a stamp, with its dd/mm when that is another day than the one it is told of."""
    if not stamp:
        return ""
    there = clock.local(stamp)
    return there.strftime("%H:%M" if day in (None, there.date().isoformat()) else "%H:%M %d/%m")


def moment(stamp: str | None) -> str:
    """HH:MM dd/mm/yyyy in Viet Nam of a stamp."""
    return clock.local(stamp).strftime("%H:%M %d/%m/%Y") if stamp else ""


def area(kind: str, name: str) -> str:
    """A place with its type word, "Phường 1"; as it stands in official papers."""
    return f"{kind} {name}".strip()
