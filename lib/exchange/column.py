"""One column a file may have: what it is called, how its cells are read and how its values are written."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lib.core import text
from lib.core.dates import shown
from lib.core.errors import N_, Say
from lib.core.place_words import KINDS, PlaceWords, general
from lib.exchange import damage
from lib.exchange.words import Words

Value = str | int | list[str] | None
_BETWEEN = "; "


@dataclass(frozen=True)
class Column:
    """`key` is the field's name in the register; `others` are headings of real lists; `choices` the words by code."""

    key: str
    vi: str
    en: str
    others: tuple[str, ...] = ()
    reader: Callable[[str], Value | Say] = damage.words_of
    required: bool = False
    example: str = ""
    choices: Words = field(default_factory=dict)
    several: bool = False
    codes: dict[str, str] = field(init=False, repr=False)
    _general: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        codes = {text.fold(word): code for code, words in reversed(self.choices.items()) for word in reversed(words)}
        object.__setattr__(self, "codes", codes | {code: code for code in self.choices})
        object.__setattr__(self, "_general", {general(word): code for word, code in self.codes.items()})

    def heading(self, language: str = "vi", place: PlaceWords | None = None) -> str:
        return self.en if language == "en" else self._said(self.vi, place)

    def words(self, language: str = "vi", place: PlaceWords | None = None) -> list[str]:
        """The words of a drop-down list, in the order of the register."""
        return [self._said(words[language == "en"], place) for words in self.choices.values()]

    def _said(self, words: str, place: PlaceWords | None) -> str:
        """In the words of a place; the words for hamlets themselves stay what they are."""
        return place.put(words) if place and words not in KINDS else words

    def read(self, cell: str) -> Value | Say:
        """What the register stores for a cell; a sentence when it cannot be read."""
        if not self.choices:
            return self.reader(cell)
        typed = damage.words_of(cell)
        if self.several:
            return self._several(typed or "")
        code = self._code(typed)
        return self._no_choice(typed) if typed and code is None else code

    def written(self, value: Value, language: str = "vi", place: PlaceWords | None = None) -> str:
        """The text of a cell that `read` reads back as this value."""
        if value is None:
            return ""
        if self.choices:
            given = value if isinstance(value, list) else [value]
            return _BETWEEN.join(self._said(self.choices[code][language == "en"], place) for code in given)
        if self.reader is damage.flag:
            return ("Có", "Yes")[language == "en"] if value else ("Không", "No")[language == "en"]
        return shown(str(value)) if self.reader is damage.day else str(value)

    def _several(self, typed: str) -> list[str] | Say:
        """Words set apart by semicolons, else by commas and slashes; each code once, in the register's order."""
        found: set[str] = set()
        for part in damage.parts(typed, ";"):
            for word in [part] if self._code(part) else damage.parts(part, ",/+"):
                code = self._code(word)
                if code is None:
                    return self._no_choice(word)
                found.add(code)
        return [code for code in self.choices if code in found]

    def _code(self, typed: str | None) -> str | None:
        """By the words of the list, whatever hamlets are called where the file was written: "Trưởng bản"."""
        folded = text.fold(typed)
        known = self.codes.get(folded)
        return self._general.get(general(folded)) if known is None and "ấp" not in self.choices else known

    def _no_choice(self, typed: str) -> Say:
        return Say(
            N_("“{typed}” is not in the list: {words}."), {"typed": typed[:60], "words": _BETWEEN.join(self.words())}
        )
