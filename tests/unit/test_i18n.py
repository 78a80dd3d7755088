"""The Vietnamese catalogue is complete, current and compiled; numbers read as they should."""

import gettext
import io
import re
import string
import threading

import pytest
from babel.messages.mofile import write_mo

from lib.core.words import place_words
from lib.core.words.place_words import PlaceWords
from lib.screen import i18n
from tests import catalogue
from tests.table import tabled


@pytest.fixture(scope="module")
def po():
    return catalogue.read()


def test_nothing_is_untranslated(po):
    missing = [m.id for m in po if m.id and not all(catalogue._strings(m.string))]
    assert not missing and not catalogue.used() - {m.id for m in po}, "run make translations, then fill app.po"


def test_nothing_is_stale_or_fuzzy(po):
    assert not {m.id for m in po if m.id} - catalogue.used(), "run make translations"
    assert not [m.id for m in po if m.id and m.fuzzy]


def places(text: str) -> set:
    return {name for _l, name, _s, _c in string.Formatter().parse(text) if name}


def test_places_are_the_same_in_both_languages(po):
    for message in po:
        if message.id and isinstance(message.string, str):
            assert places(message.string) == places(message.id if isinstance(message.id, str) else message.id[1])


def test_the_compiled_catalogue_is_the_written_one(po):
    fresh = io.BytesIO()
    write_mo(fresh, po)
    fresh.seek(0)
    with (catalogue.VI / "app.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled._catalog == gettext.GNUTranslations(fresh)._catalog, "run make translations"


@pytest.fixture
def vietnamese(monkeypatch):
    monkeypatch.setattr(i18n, "language", lambda: "vi")


@tabled(
    ("part", "whole", "text"),
    [
        (1, 2, "50,0%"),
        (2, 3, "66,7%"),
        (9999, 10000, "99,9%"),
        (10000, 10000, "100,0%"),
        (1, 10000, "0,1%"),
        (0, 5, "0,0%"),
        (0, 0, "–"),
        (1, 8, "12,5%"),
        (1, 16, "6,3%"),
    ],
)
def test_a_share_never_claims_more_than_is_there(vietnamese, part, whole, text):
    assert i18n.share(part, whole) == text


def test_numbers_and_dates_are_vietnamese(vietnamese):
    assert i18n.number(1234567.89, 2) == "1.234.567,89"
    assert i18n.day("2021-08-03") == "03/08/2021"
    assert i18n.hour("2021-08-03T07:00:00Z") == "14:00"
    assert i18n.points(0.012) == "+1,2" and i18n.points(-0.004) == "−0,4" and i18n.points(None) == "–"


def test_the_browser_is_asked_for_its_language_once_a_run(monkeypatch):
    asked, words = [], []
    monkeypatch.setattr(i18n, "_chosen", lambda: asked.append(1) or "en")

    def run():
        i18n.settle()
        words.extend([i18n._("Household"), i18n.number(1234), i18n.language()])

    for _n in range(2):
        one = threading.Thread(target=run)
        one.start()
        one.join()
    assert len(asked) == 2 and words == ["Household", "1,234", "en"] * 2


def test_no_sentence_says_ap_where_the_people_say_ban(po):
    """Every sentence of the catalogue that names hamlets can be said in the words of the place, and in those alone."""
    there, foreign = PlaceWords(("bản",), ("xã",), ("huyện",)), re.compile(r"(?<!\w)(ấp|khu phố|thị trấn|thị xã)(?!\w)")
    strings = [text for message in po if message.id for text in catalogue._strings(message.string)]
    speaking = [text for text in strings if place_words.speaks(text)]
    assert len(speaking) > 50
    assert not [text for text in strings if foreign.search(there.put(text).lower())]


def test_sentences_are_said_in_the_words_of_the_visitors_area():
    said = []

    def run(words):
        i18n.settle("vi")
        i18n.settle_places(lambda: words)
        said.append(i18n._("Hamlets without a team."))
        said.append(i18n.ngettext("{n} hamlet has no team", "{n} hamlets have no team", 3))

    for words in (PlaceWords(("bản",)), PlaceWords(("thôn", "tổ dân phố"))):
        one = threading.Thread(target=run, args=[words])
        one.start()
        one.join()
    assert said == [
        "bản chưa có tổ.",
        "{n} bản chưa có tổ",
        "thôn, tổ dân phố chưa có tổ.",
        "{n} thôn, tổ dân phố chưa có tổ",
    ]
