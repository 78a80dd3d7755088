"""A table as the XML of a DOCX, row by row, so that ten thousand rows take no more room than one."""

from collections.abc import Iterator

from lib.exchange.letters.letter import Group, LetterTable
from lib.exchange.letters.widths import spread

# What XML gives another meaning, and what it cannot hold at all.
_SAFE = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\n"): "</w:t><w:br/><w:t>"}
_SAFE |= {code: None for code in (*range(9), *range(11, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = (
    '<w:tblCellMar><w:top w:w="{1}" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
    '<w:bottom w:w="{1}" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
)
_END_CELL = "</w:t></w:r></w:p></w:tc>"


def safe(text: str) -> str:
    """Text as it may stand in a run; line breaks become breaks of the line."""
    return text.translate(_SAFE)


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def opening(widths: list[float], *, borders: bool) -> str:
    """What stands before the rows."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    look = f'<w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>' if borders else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>{look}<w:tblLayout w:type="fixed"/>'
        f"{_MARGINS.format(60 if borders else 0, 30 if borders else 0)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


def _cell(width: float, style: str, span: int = 1) -> str:
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{across}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>'
    )


def _row(cells: list[str], texts: tuple[str, ...], more: str = "") -> str:
    xml = "".join([cell + text.translate(_SAFE) + _END_CELL for cell, text in zip(cells, texts, strict=True)])
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{xml}</w:tr>"


def table(made: LetterTable, room: float) -> Iterator[str]:
    """The table's head, which is repeated on each page, its rows and its totals."""
    widths, prefix = spread(made.columns, room), "TNsmall_" if made.small else "TN"
    aligns = [column.align for column in made.columns]
    plain, total, head = (
        [_cell(width, f"{prefix}{kind}{align}") for width, align in zip(widths, aligns, strict=True)]
        for kind, aligns in (("", aligns), ("total_", aligns), ("head", [""] * len(aligns)))
    )
    across = [_cell(sum(widths), f"{prefix}group", len(widths))]
    yield opening(widths, borders=True)
    yield _row(head, tuple(column.title for column in made.columns), "<w:tblHeader/>")
    last = ""
    for row in made.rows:
        yield last
        last = _row(across, (row.text,)) if isinstance(row, Group) else _row(plain, row)
    closing = [last, *(_row(total, row) for row in made.totals)]
    yield from map(_unbroken, closing if made.note else closing[:-1])
    yield "" if made.note else closing[-1]
    yield "</w:tbl>"


def _unbroken(row: str) -> str:
    """The row on the page of what follows it."""
    return row.replace("</w:pPr>", "<w:keepNext/></w:pPr>")
