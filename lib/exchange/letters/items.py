"""The things that writers draw, one after another."""

from dataclasses import dataclass

from lib.exchange.letters.letter import Bars, LetterTable


@dataclass(frozen=True)
class TextLine:
    """A paragraph in the style of its role; `lead` stands bold before it. `keeps` to the page of what follows."""

    role: str
    text: str
    lead: str = ""
    keeps: bool = False


RULE, ABOVE_RULE = 5, 2.5


@dataclass(frozen=True)
class Rule:
    """A drawn line of this length in points, in the middle; it takes RULE points of height."""

    length: float


@dataclass(frozen=True)
class Gap:
    """Blank space, in points."""

    height: float


@dataclass(frozen=True)
class Box:
    """The State's stamp of urgency, boxed in red; width in millimetres, 8 high."""

    role: str
    text: str
    width: float


Small = TextLine | Rule | Gap | Box


@dataclass(frozen=True)
class Pair:
    """Two columns side by side without borders, never broken over pages; widths in millimetres."""

    left: tuple[Small, ...]
    right: tuple[Small, ...]
    widths: tuple[float, float]


@dataclass(frozen=True)
class NewPage:
    """Begins a part with its own count of pages."""

    landscape: bool


Item = TextLine | Rule | Gap | Pair | NewPage | LetterTable | Bars
