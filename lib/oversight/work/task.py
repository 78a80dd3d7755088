"""One thing that is left to do."""

from dataclasses import dataclass, field

from lib.core.errors import Say


@dataclass(frozen=True)
class Task:
    """How many, what, and the room where it is put right; `lines` are their names, `of` says of what kind."""

    n: int
    say: Say
    room: str = ""
    verb: str = ""
    urgent: bool = False
    late: bool = False
    query: dict[str, str] = field(default_factory=dict)
    of: str = ""
    lines: tuple[dict, ...] = ()
