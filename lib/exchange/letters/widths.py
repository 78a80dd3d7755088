"""How wide the columns of a table are."""

from lib.exchange.letters.letter import LetterColumn

LEAST = 12.0  # mm


def spread(columns: tuple[LetterColumn, ...], room: float) -> list[float]:
    """Widths in millimetres; columns that name none share what is left over, and all shrink to fit."""
    free = sum(not column.width for column in columns)
    each = max(LEAST, (room - sum(column.width for column in columns)) / free) if free else 0
    wished = [column.width or each for column in columns]
    scale = room / sum(wished)
    return [width * scale for width in wished]
