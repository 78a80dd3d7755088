"""Whether a store that is missing was there before: then its disk is not mounted, and an empty one would be a lie.

What was there is noted beside the program, in data/known-stores.json, because a note beside the store is gone with it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from lib.core import ROOT
from lib.core.errors import N_, Unusable

KEPT = 50  # stores; whoever starts the program on a new one every day needs no more


def note() -> Path:
    """Where the stores that were seen are written down."""
    return ROOT / "data" / "known-stores.json"


def remember(file: Path) -> None:
    """Note that a store with data lies here; a note that cannot be written stops nothing."""
    known, here = _known(), _place(file)
    if here and known.get(str(file.absolute())) != here:
        with suppress(OSError):
            note().parent.mkdir(mode=0o700, exist_ok=True)
            fresh = note().with_suffix(f".{os.getpid()}")
            known = dict(list(known.items())[1 - KEPT :]) | {str(file.absolute()): here}
            fresh.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
            fresh.replace(note())


def check_absent(file: Path) -> None:
    """Raise Unusable where a store was before: its folder is not mounted, or its traces lie about."""
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
    """What only a store leaves beside its place: copies, a log of rows not yet merged, stores set aside."""
    patterns = (
        "copies/tungnha-*.db",
        f"{file.name}-wal",
        f"{file.stem}-*-before-migration.db",
        f"{file.stem}-*-replaced.db",
    )
    return [found for pattern in patterns for found in file.parent.glob(pattern) if _holds(found)]


def _holds(file: Path) -> bool:
    with suppress(OSError):
        return file.stat().st_size > 0
    return False


def _was_here(file: Path) -> bool:
    """The same folder held a store, or another disk did that does not lie here now."""
    then, now = _known().get(str(file.absolute())), _place(file)
    if not then or not now:
        return False
    return then["folder"] == now["folder"] or (then["apart"] and not now["apart"])


def _place(file: Path) -> dict | None:
    """`{apart, folder}`: whether it lies on another disk than the program, and which folder this is."""
    try:
        here = file.parent.stat()
        return {"apart": here.st_dev != ROOT.stat().st_dev, "folder": here.st_ino}
    except OSError:
        return None


def _known() -> dict:
    try:
        found = json.loads(note().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
