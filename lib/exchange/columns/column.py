"""One column a file may have: what it is called, how its cells are read and how its values are written."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.core import text
from lib.core.errors import N_, Say
from lib.core.words.dates import shown
from lib.core.words.place_words import KINDS, PlaceWords, general
from lib.exchange.columns import cell_values
from lib.exchange.columns.code_words import Words

Value = str | int | list[str] | None
_BETWEEN = "; "
_BRACKETS = re.compile(r"\([^)]*\)|[.*:?!\"“”]")
_BESIDE = re.compile(
    r"(?: (?:(?:thứ )?(?:\d+|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|của|với|chủ hộ|ch|trưởng|cả|út|đầu lòng|đầu|"
    r"lớn|nhỏ|ruột|nuôi|đẻ|trai|gái|xa|cùng \w+))+$"
)


def _spelled(word: str) -> str:
    return text.clean(word).casefold()


@dataclass(frozen=True)
class Column:
    """`key` is the field's name in the register; `others` are headings of real lists; `choices` the words by code."""

    key: str
    vi: str
    en: str
    others: tuple[str, ...] = ()
    reader: Callable[[str], Value | Say] = cell_values.words_of
    required: bool = False
    example: str = ""
    choices: Words = field(default_factory=dict)
    several: bool = False
    codes: dict[str, str] = field(init=False, repr=False)
    _general: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pairs = [(word, code) for code, words in reversed(self.choices.items()) for word in reversed(words)]
        codes = {text.fold(word): code for word, code in pairs} | {code: code for code in self.choices}
        exact = {_spelled(word): code for word, code in pairs}  # "Bà" is not "Ba"
        object.__setattr__(self, "codes", codes | exact)
        object.__setattr__(self, "_general", {general(word): code for word, code in codes.items()})

    def heading(self, language: str = "vi", place: PlaceWords | None = None) -> str:
        return self.en if language == "en" else self._worded(self.vi, place)

    def words(self, language: str = "vi", place: PlaceWords | None = None) -> list[str]:
        """The words of a drop-down list, in the order of the register."""
        return [self._worded(words[language == "en"], place) for words in self.choices.values()]

    def _worded(self, words: str, place: PlaceWords | None) -> str:
        """Put words into those of a place; the words for hamlets stay as they are."""
        return place.put(words) if place and words not in KINDS else words

    def read(self, cell: str) -> Value | Say:
        """Read a cell: what the register stores, or a sentence when the cell cannot be read."""
        if not self.choices:
            return self.reader(cell)
        typed = cell_values.words_of(cell)
        if self.several:
            return self._several(typed or "")
        code = self._code(typed) if typed else None
        return self._no_choice(typed) if typed and code is None else code

    def written(self, value: Value, language: str = "vi", place: PlaceWords | None = None) -> str:
        """Write a value as the text of a cell, so that `read` gives it back."""
        if value is None:
            return ""
        if self.choices:
            codes = value if isinstance(value, list) else [value]
            return _BETWEEN.join(self._worded(self.choices[code][language == "en"], place) for code in codes)
        if self.reader is cell_values.flag:
            return ("Có", "Yes")[language == "en"] if value else ("Không", "No")[language == "en"]
        return shown(str(value)) if self.reader is cell_values.day else str(value)

    def _code(self, typed: str) -> str | None:
        """Find the code of a word, first with its marks, then without; "Con (thứ 2) của chủ hộ" is a Con.

        Other words for a hamlet are understood too: "Trưởng bản".
        """
        spelled = _spelled(typed)
        bare = _BESIDE.sub("", " ".join(_BRACKETS.sub(" ", spelled).split())).strip()
        tight = re.sub(r"[ .-]", "", spelled)  # K.T. 3
        candidates = [self.codes.get(word) for form in (spelled, bare, tight) for word in (form, text.fold(form))]
        if "ấp" not in self.choices:
            candidates += [self._general.get(general(text.fold(form))) for form in (spelled, bare)]
        return next(filter(None, candidates), None)

    def _several(self, typed: str) -> list[str] | Say:
        """Find the codes of words split at semicolons, else at commas and slashes; each once, in list order."""
        codes: set[str] = set()
        for part in cell_values.parts(typed, ";"):
            for word in [part] if self._code(part) else cell_values.parts(part, ",/+"):
                code = self._code(word)
                if code is None:
                    return self._no_choice(word)
                codes.add(code)
        return [code for code in self.choices if code in codes]

    def _no_choice(self, typed: str) -> Say:
        return Say(
            N_("“{typed}” is not in the list: {words}."), {"typed": typed[:60], "words": _BETWEEN.join(self.words())}
        )
