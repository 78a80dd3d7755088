"""A store as a file: what it is, whether it is whole, and a copy of it that appears only once it is.

The store in use is looked at through SQLite alone: to open and close its file beside SQLite drops the locks of the
whole process, and with them what keeps two writers apart.
"""

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from db.migrations import migrations
from lib.core import text
from lib.core.errors import N_, Problem, Unusable

MARGIN = 16 * 2**20  # bytes that a copy leaves free, for the rows that are saved meanwhile
GOOD, EMPTY, FOREIGN, NEWER, DAMAGED, BLANK = "good", "empty", "foreign", "newer", "damaged", "blank"
ENDINGS = ("-wal", "-shm")  # what SQLite keeps beside a store in use
PART = ".part"

SAID = {
    FOREIGN: N_("The file is not a data file of this program."),
    NEWER: N_(
        "The data file was written by a newer version of this program. Install that version, or restore a "
        "backup from before it."
    ),
    DAMAGED: N_("The data file is damaged. Restore the last verified backup: python -m db restore COPY"),
    EMPTY: N_("The file is empty; choose another file."),
    BLANK: N_("The file contains no data; choose another file."),
}


class NoRoom(Problem):
    """A copy would not fit, or would leave too little room for what is saved meanwhile.

    It needs `need` bytes in all, of which `missing` are missing.
    """

    need = missing = 0


def opened(
    file: Path | str, *, mode: str = "rwc", timeout: float = 15, immutable: bool = False, **how: bool
) -> sqlite3.Connection:
    """A bare connection. `mode` is SQLite's: `ro`, `rw` (the file must exist) or `rwc`."""
    place = quote(Path(file).absolute().as_posix()).lstrip("/")
    root = "////" if str(file).startswith("\\\\") else "/"  # a share keeps its two strokes
    uri = f"file:{root}{place}?mode={mode}{'&immutable=1' if immutable else ''}"
    conn = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, **how)
    conn.create_function("casefold", 1, lambda value: text.clean(value).casefold(), deterministic=True)
    return conn


def reading(file: Path) -> sqlite3.Connection:
    """A connection that only reads, and writes nothing beside a file that is not in use either."""
    return opened(file, mode="ro", immutable=not Path(f"{file}-wal").exists())


def reading_in_use(file: Path) -> sqlite3.Connection:
    """A connection of its own for reading a store that others write: it never waits for them, nor they for it."""
    return opened(file, mode="rw")


# What it is


def kind(conn: sqlite3.Connection) -> str:
    """GOOD, BLANK (no table at all), FOREIGN (another program's) or NEWER (steps of the schema we do not know)."""
    tables = {name for (name,) in conn.execute("select name from sqlite_master")}
    if not tables:
        return BLANK
    if "_sqlite_migrations" not in tables:
        return FOREIGN
    of_set = "select name from _sqlite_migrations where migration_set = ?"
    applied = {name for (name,) in conn.execute(of_set, [migrations.name])}
    if not applied:
        return FOREIGN
    return GOOD if applied <= _known() else NEWER


def _known() -> set[str]:
    return {step.name for step in migrations.pending(Database(memory=True))}


def verdict(file: Path) -> str:
    """The kind of a file at rest; GOOD only after every page was read (SQLite's quick_check)."""
    return read(file)[0]


def read(file: Path) -> tuple[str, str]:
    """`verdict`, and the identity of the store that a good file is a copy of; empty where it names none."""
    try:
        if not file.stat().st_size:
            return EMPTY, ""
        with closing(reading(file)) as conn:
            found_kind = kind(conn)
            if found_kind != GOOD:
                return found_kind, ""
            if damage(conn):
                return DAMAGED, ""
            named = conn.execute("select value from settings where key = 'store_id'").fetchone()
            return GOOD, named[0] if named else ""
    except sqlite3.DatabaseError as fault:
        return FOREIGN if "not a database" in str(fault) else DAMAGED, ""
    except OSError:
        return DAMAGED, ""


def damage(conn: sqlite3.Connection) -> str | None:
    """The first fault that quick_check finds, or None."""
    line = conn.execute("pragma quick_check(1)").fetchone()
    return None if line and line[0] == "ok" else str(line and line[0])


def check_ours(conn: sqlite3.Connection, *, blank: bool = False) -> None:
    """Raise Unusable unless this is a store we know, or with `blank` a file without anything in it."""
    try:
        found_kind = kind(conn)
    except sqlite3.DatabaseError as fault:
        if "not a database" not in str(fault) and "malformed" not in str(fault):
            raise
        found_kind = FOREIGN if "not a database" in str(fault) else DAMAGED
    if found_kind != GOOD and not (blank and found_kind == BLANK):
        raise Unusable(SAID[found_kind])


def check_file(file: Path, *, blank: bool = False) -> None:
    """`check_ours` of the file that lies there, before anything of it is changed."""
    with closing(opened(file, mode="rw")) as conn:
        check_ours(conn, blank=blank)


# Making


def make(file: Path) -> None:
    """An empty file that only its owner may read; FileExistsError where there is one."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_folder(folder: Path) -> None:
    """The folder with those above it; what is made is its owner's alone."""
    for parent in reversed([folder, *folder.parents]):
        if not parent.exists():
            parent.mkdir(mode=0o700, exist_ok=True)


def unused(folder: Path, stem: str, ending: str) -> Path:
    """`{stem}{ending}` in this folder, with a number between them where that name is taken: nothing is written over."""
    names = [f"{stem}{ending}", *(f"{stem}-{number}{ending}" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def give(file: Path, like: Path) -> None:
    """Let the owner of one file or folder own another, too, as far as we may: root works for the program's account."""
    chown = getattr(os, "chown", None)  # Windows knows no such owner
    if chown:
        with suppress(OSError):
            owner = like.stat()
            chown(file, owner.st_uid, owner.st_gid)


def close_to_others(file: Path) -> None:
    """Take from strangers the right to read a store, whoever made it; what a group may do is somebody's wish."""
    for path in (file, *beside(file)):
        with suppress(OSError):
            mode = path.stat().st_mode & 0o777
            if mode & 0o007:
                path.chmod(mode & ~0o007)


def open_beside(file: Path) -> None:
    """Let what SQLite left beside a store be written as the store may be: made while the store was for reading only, it
    would keep it so after its own right to be written came back.
    """
    with suppress(OSError):
        if file.stat().st_mode & 0o200:
            for path in beside(file):
                if path.exists() and not path.stat().st_mode & 0o200:
                    path.chmod(path.stat().st_mode & 0o777 | 0o600)


def beside(file: Path) -> list[Path]:
    return [Path(f"{file}{ending}") for ending in ENDINGS]


def free(folder: Path) -> int:
    """Bytes that may still be written where this folder lies."""
    return shutil.disk_usage(folder).free


def copy(conn: sqlite3.Connection, target: Path, *, tag: str = "", margin: int = MARGIN) -> None:
    """A whole, checked, synced copy of a store in use under a name that did not exist before; or none at all.

    It reads one state of the store from its own connection and keeps no writer waiting. Raises NoRoom before anything
    is written, Unusable for a copy that is not sound, and what SQLite and the disk raise.
    """
    need, there = _size(conn) + margin, free(target.parent)
    if there < need:
        sentence = N_("Not enough room: {need} MB are needed, {free} MB are free. Free some space on the disk.")
        full = NoRoom(sentence, need=-(-need // 2**20), free=there // 2**20)
        full.need, full.missing = need, need - there
        raise full
    part = target.with_name(f"{target.name}.{tag or os.getpid()}{PART}")
    try:
        part.unlink(missing_ok=True)
        make(part)
        conn.execute("vacuum into ?", [str(part)])
        if verdict(part) != GOOD:
            raise Unusable(N_("The backup is faulty and was discarded. Check the disk."))
        sync(part)
        part.replace(target)
        sync_folder(target.parent)
    except BaseException:
        drop(part)
        raise


def drop(part: Path) -> None:
    """A fragment, with what SQLite may have left beside it."""
    for path in (part, Path(f"{part}-journal"), *beside(part)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _size(conn: sqlite3.Connection) -> int:
    pages, size = (int(conn.execute(f"pragma {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    return pages * size


def sync(file: Path) -> None:
    """On the disk, whatever happens to the power. Not for a store in use."""
    at = os.open(file, os.O_RDWR)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def sync_folder(folder: Path) -> None:
    """The names in it, too; Windows and some shares know no such thing."""
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)
