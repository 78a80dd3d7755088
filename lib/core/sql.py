"""Pieces of SQL that many rooms use, each said once.

What they take are names from the code, never what somebody typed; values go as parameters.
"""

from collections.abc import Iterable

# Statuses of a household that is in the register no longer; a tuple of two texts is also how SQL writes the list.
GONE_STATUSES = ("moved", "merged")


def in_force(alias: str = "", day: str = ":day") -> str:
    """The condition that a dated row is in force on a day: from its first day until the day before `until_day`."""
    return f"{_of(alias)}from_day <= {day} and {not_over(alias, day)}"


def not_over(alias: str = "", day: str = ":day") -> str:
    """The condition that a dated row is in force on a day or begins later."""
    return f"({_of(alias)}until_day is null or {_of(alias)}until_day > {day})"


def _of(alias: str) -> str:
    return f"{alias}." if alias else ""


def names(columns: Iterable[str]) -> str:
    """`a, b`: columns of an insert or a select."""
    return ", ".join(columns)


def marks(columns: Iterable[str]) -> str:
    """`:a, :b`: the values of these columns as parameters."""
    return ", ".join(f":{column}" for column in columns)


def sets(columns: Iterable[str]) -> str:
    """`a = :a, b = :b`: what an update sets."""
    return ", ".join(f"{column} = :{column}" for column in columns)
