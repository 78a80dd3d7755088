"""What an official document says, without how it is drawn. Texts are clean, single-spaced and composed (NFC)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

PARTY, STATE = "party", "state"


@dataclass(frozen=True)
class Heading:
    """Of level 1 ("I- …"), 2 ("1- …") or 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` stands bold before it, as in "Điều 1."."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Bullet:
    """A paragraph that begins with a dash."""

    text: str


@dataclass(frozen=True)
class LetterColumn:
    """Of a table; `width` in millimetres, 0 shares what is left over. `align` is of the cells."""

    title: str
    width: float = 0
    align: str = "left"


@dataclass(frozen=True)
class Group:
    """A row that says one thing across the table."""

    text: str


Row = tuple[str, ...] | Group


@dataclass(frozen=True)
class LetterTable:
    """Rows may be a stream, read once; totals stand bold at the end, the note under the table."""

    columns: tuple[LetterColumn, ...]
    rows: Iterable[Row]
    totals: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    note: str = ""
    small: bool = False


@dataclass(frozen=True)
class ChartBar:
    """One bar: how long (0 to 1, None where nothing was reported) and what stands at its end."""

    label: str
    share: float | None
    said: str


@dataclass(frozen=True)
class Bars:
    """A horizontal bar chart of shares."""

    title: str
    bars: tuple[ChartBar, ...]


Block = Heading | Paragraph | Bullet | LetterTable | Bars


@dataclass(frozen=True)
class Annex:
    """Begins a page of its own; `reference` says which document it belongs to."""

    label: str
    title: str
    body: tuple[Block, ...]
    reference: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Signature:
    """By whose authority ("T/M BAN THƯỜNG VỤ"), in what position, and the name under the blank space."""

    authority: str
    position: str = ""
    name: str = ""


@dataclass(frozen=True)
class Letter:
    """A document of a Party body (36-HD/VPTW) or of a State body (Decree 30/2020).

    `mark` follows the number ("-BC/HU", "/BC-SYT"); the number stays blank unless somebody typed it. Texts of several
    lines hold line breaks. `decider` makes it a decision: who decides stands above the legal bases.
    """

    layout: str
    superior: str
    issuer: str
    mark: str
    place: str
    day: str
    kind: str
    abstract: str
    body: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...] = ()
    number: str = ""
    salutation: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    decider: str = ""
    urgency: str = ""
    draft: str = ""
    annexes: tuple[Annex, ...] = field(default=())
