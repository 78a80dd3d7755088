"""Files made when their button is pressed: in a thread of its own, with the visitor's area bound anew."""

from collections.abc import Callable

from sqlite_utils import Database

from lib.core import access, database
from lib.core.access import User
from lib.core.errors import NotFound
from lib.screen.page import today


def made(user: User, make: Callable[[Database, User], bytes]) -> Callable[[], bytes]:
    """What `st.download_button` calls; somebody whose right ended meanwhile gets nothing."""

    def run() -> bytes:
        db = database.connect()
        try:
            present = access.user(db, user.id, today(), user.grant_id)
            if present is None or present.grant_id != user.grant_id:
                raise NotFound("There is no such record in your area.")
            access.bind(db, present, today())
            return make(db, present)
        finally:
            db.close()

    return run
