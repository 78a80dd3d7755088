"""How figures are rounded and written, on screens and in documents alike."""


def tenths(part: int, whole: int) -> int:
    """A share in tenths of a percent, rounded half up: never 1000 while one is missing, never 0 while one is there."""
    found = (2000 * part + whole) // (2 * whole)
    if part < whole:
        found = min(found, 999)
    return max(found, 1) if part > 0 else found


def vietnamese(value: float, digits: int = 0) -> str:
    """1.234,5: a dot for thousands, a comma for decimals."""
    return f"{value:,.{digits}f}".translate(_POINTS)


_POINTS = str.maketrans(",.", ".,")
