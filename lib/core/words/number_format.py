"""How figures are rounded and written, on screens and in documents alike."""


def tenths(part: int, whole: int) -> int:
    """Return a share in tenths of a percent, rounded half up; 1000 only if complete, 0 only if `part` is 0."""
    share = (2000 * part + whole) // (2 * whole)
    if part < whole:
        share = min(share, 999)
    return max(share, 1) if part > 0 else share


def vietnamese(value: float, digits: int = 0) -> str:
    """Format a number as in Vietnam: 1.234,5, a dot for thousands, a comma for decimals."""
    return f"{value:,.{digits}f}".translate(_POINTS)


_POINTS = str.maketrans(",.", ".,")
