"""Builds pieces of SQL that many rooms use.

The functions take names from the code, never typed text; values go as parameters.
"""

from collections.abc import Iterable

# Statuses of a household that is in the register no longer; a tuple of two texts is also how SQL writes the list.
GONE_STATUSES = ("moved", "merged")


def in_force(alias: str = "", day: str = ":day") -> str:
    """Return the condition that a dated row is in force on a day: from `from_day` until the day before `until_day`."""
    return f"{_of(alias)}from_day <= {day} and {not_over(alias, day)}"


def not_over(alias: str = "", day: str = ":day") -> str:
    """Return the condition that a dated row is in force on a day or begins later."""
    return f"({_of(alias)}until_day is null or {_of(alias)}until_day > {day})"


def _of(alias: str) -> str:
    return f"{alias}." if alias else ""


def names(columns: Iterable[str]) -> str:
    """Return `a, b`: the columns of an insert or a select."""
    return ", ".join(columns)


def marks(columns: Iterable[str]) -> str:
    """Return `:a, :b`: the parameters of these columns."""
    return ", ".join(f":{column}" for column in columns)


def sets(columns: Iterable[str]) -> str:
    """Return `a = :a, b = :b`: the assignments of an update."""
    return ", ".join(f"{column} = :{column}" for column in columns)
