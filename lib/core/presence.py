"""Remembers where stores were, to refuse a new empty one in place of a store whose disk is not mounted.

The places are noted beside the program, in data/known-stores.json: a note beside the store would vanish with it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from lib.core import ROOT
from lib.core.errors import N_, Unusable

KEPT = 50  # stores; whoever starts the program on a new one every day needs no more


def note() -> Path:
    """Return the path of the note."""
    return ROOT / "data" / "known-stores.json"


def remember(file: Path) -> None:
    """Note the place of a store with data; ignore a note that cannot be written."""
    stores, place = _stores(), _place(file)
    if place and stores.get(str(file.absolute())) != place:
        with suppress(OSError):
            note().parent.mkdir(mode=0o700, exist_ok=True)
            fresh = note().with_suffix(f".{os.getpid()}")
            stores = dict(list(stores.items())[1 - KEPT :]) | {str(file.absolute()): place}
            fresh.write_text(json.dumps(stores, ensure_ascii=False, indent=1), "utf-8")
            fresh.replace(note())


def check_absent(file: Path) -> None:
    """Raise Unusable if the store is missing: its folder is not mounted, or it left traces."""
    if not file.parent.is_dir():
        raise Unusable(N_("The folder of the data file is missing. Mount its disk, or correct TUNGNHA_DB."))
    if _was_here(file):
        raise Unusable(
            N_(
                "The data file that was here is missing. Mount its disk, or restore a backup: python "
                "-m db restore COPY. To start over: python -m db init --new"
            )
        )
    left = traces(file)
    begun = file.exists() and left == [Path(f"{file}-wal")]  # by another process, this moment
    if left and not begun:
        raise Unusable(
            N_(
                "The data file is missing, but backups of it exist. Restore one: python -m db restore "
                "COPY. To start over: python -m db init --new"
            )
        )


def traces(file: Path) -> list[Path]:
    """Return files that only a store leaves beside its place: copies, a write-ahead log, stores set aside."""
    patterns = (
        "copies/tungnha-*.db",
        f"{file.name}-wal",
        f"{file.stem}-*-before-migration.db",
        f"{file.stem}-*-replaced.db",
    )
    return [path for pattern in patterns for path in file.parent.glob(pattern) if _holds(path)]


def _holds(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > 0
    return False


def _was_here(file: Path) -> bool:
    """Whether this folder held a store before, or a disk did that is not mounted here now."""
    then, now = _stores().get(str(file.absolute())), _place(file)
    if not then or not now:
        return False
    return then["folder"] == now["folder"] or (then["apart"] and not now["apart"])


def _place(file: Path) -> dict | None:
    """Return `{apart, folder}`: whether the file is on another disk than the program, and the folder's inode."""
    try:
        folder = file.parent.stat()
        return {"apart": folder.st_dev != ROOT.stat().st_dev, "folder": folder.st_ino}
    except OSError:
        return None


def _stores() -> dict:
    try:
        stores = json.loads(note().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stores if isinstance(stores, dict) else {}
