"""Where backups lie: the folder beside the store and a second place, another disk, a stick or a share.

The second place is the setting `copies_place`, or TUNGNHA_COPIES, which takes precedence.
"""

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from lib.core import audit, database, store_file
from lib.core.access import User
from lib.core.errors import N_, Invalid, Say
from lib.core.store_file import PART

BESIDE, SECOND = "beside", "second"
NO_SECOND = N_("This is the folder next to the data. Choose one on another disk.")


class BackupPlace(NamedTuple):
    """A folder of backups: `key` is `beside` or `second`."""

    key: str
    folder: Path


def folder() -> Path:
    """The folder beside the store."""
    return database.path().parent / "copies"


def places(db: Database) -> list[BackupPlace]:
    """The folder beside the store and, where one is named, the second place."""
    return places_with(second_place(db))


def places_with(second: Path | None) -> list[BackupPlace]:
    """The folder beside the store and this second place, if there is one."""
    return [BackupPlace(BESIDE, folder())] + ([BackupPlace(SECOND, second)] if second else [])


def second_place(db: Database) -> Path | None:
    named = named_outside() or database.setting(db, "copies_place")
    return Path(named) if named else None


def named_outside() -> str | None:
    """The second place that the environment names."""
    return os.environ.get("TUNGNHA_COPIES")


def name_place(db: Database, user: User, typed: str, *, now: datetime) -> None:
    """Set or remove the second place, a folder that exists and can be written. Raises Invalid on the field `place`."""
    named = typed.strip().strip('"')
    with audit.act(db, user, "setting.technical", now=now, kind="setting.copies") as deed:
        if named:
            _check_place(Path(named))
        old = database.setting(db, "copies_place", "")
        database.set_setting(db, "copies_place", named)
        deed.subject, deed.detail, deed.nothing = named, audit.changes({"place": old}, {"place": named}), old == named
        db.conn.execute("delete from settings where key = 'copies_apart'")


def _check_place(named: Path) -> None:
    if not named.is_absolute() or not _is_folder(named):
        sentence = N_(
            "There is no such folder. Type the full path of a folder on another disk, a USB stick or a network share."
        )
        raise Invalid({"place": Say(sentence)})
    if _is_beside(named):
        raise Invalid({"place": Say(NO_SECOND)})
    if not _takes_files(named):
        raise Invalid(
            {"place": Say(N_("The program has no permission to write into this folder. Choose another one."))}
        )


def _is_beside(named: Path) -> bool:
    return named.resolve() in (folder().resolve(), database.path().parent.resolve())


def _is_folder(named: Path) -> bool:
    """Whether the folder exists; a name that no disk can have is no folder."""
    with suppress(OSError, ValueError):
        return named.is_dir()
    return False


def _takes_files(place: Path) -> bool:
    """Whether a file can be made there: the folder's permissions are not always what a share allows."""
    probe = place / f".tungnha-{secrets.token_hex(4)}{PART}"
    try:
        store_file.make(probe)
    except OSError:
        return False
    store_file.drop(probe)
    return True


def absence(db: Database, place: BackupPlace) -> Say | None:
    """Why nothing can be put into this place: its disk is missing, or it is no second one.

    The folder beside the store never lacks: it is made when needed.
    """
    if place.key == BESIDE:
        return None
    if not _is_folder(place.folder):
        return Say(N_("The second backup location is missing. Plug in or mount its disk, or choose another location."))
    if _is_beside(place.folder):
        return Say(NO_SECOND)
    if database.setting(db, "copies_apart") == str(place.folder) and not is_apart(place.folder):
        return Say(
            N_(
                "The disk of the second backup location is not mounted: its folder is on the same disk as "
                "the data. Mount it, or choose another location."
            )
        )
    return None


def on_one_disk(db: Database) -> Say | None:
    """A warning that the second place lies on the disk of the store; None when it does not or is missing."""
    second = second_place(db)
    if second is None or absence(db, BackupPlace(SECOND, second)) or is_apart(second):
        return None
    return Say(
        N_(
            "The second backup location is on the same disk as the data: if that disk fails, both are "
            "lost. Choose a folder on another disk, a USB stick or a network share."
        )
    )


def is_apart(place: Path) -> bool:
    """Whether a folder lies on another disk than the store."""
    with suppress(OSError):
        return place.stat().st_dev != database.path().parent.stat().st_dev
    return False


def note_apart(db: Database, place: BackupPlace) -> None:
    """Remember that the second place was on another disk, to notice when that disk is not mounted."""
    if place.key == SECOND and is_apart(place.folder) and database.setting(db, "copies_apart") != str(place.folder):
        database.set_setting(db, "copies_apart", str(place.folder))


def different(named: list[BackupPlace]) -> list[BackupPlace]:
    """The places without a second one that is the folder beside the store."""
    return [place for place in named if place.key == BESIDE or not _is_beside(place.folder)]
