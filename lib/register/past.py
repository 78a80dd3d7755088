"""Days gone by have been told to somebody: whatever changes one of them says why."""

from lib.core.errors import N_
from lib.register.typed import Typed

WHY = N_("This changes a day gone by; say why.")


def reason(typed: Typed, day: str | None, *, today: str) -> str | None:
    """The reason as typed; one is needed where the change holds from a day before today."""
    why = typed.text("reason", 200)
    if day and day < today and not why:
        typed.fault("reason", WHY)
    return why
