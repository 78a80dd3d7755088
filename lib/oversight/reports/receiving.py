"""Receiving every report of the level below that was sent, at once."""

from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User
from lib.core.database import write
from lib.core.errors import Conflict
from lib.oversight.reports import acts


def receive_all(db: Database, user: User, codes: list[str], day: str, *, now: datetime) -> list[str]:
    """Receive each of these reports by a deed of its own; returns those that were still to be received."""
    done = []
    with write(db):
        for code in codes:
            try:
                acts.receive(db, user, code, day, now=now)
            except Conflict:  # received by a colleague, returned or recalled since it was drawn
                continue
            done.append(code)
    return done
