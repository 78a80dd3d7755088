"""How the machine is: version, store, copies, disk."""

import shutil
import tomllib
from pathlib import Path

from sqlite_utils import Database

from lib.core import database


def version() -> str:
    return tomllib.loads((database.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def report(db: Database, last_copy: str | None) -> dict:
    """For /healthz: `{version, schema_version, store_writable, last_backup, disk_free_mb}`."""
    return {
        "version": version(),
        "schema_version": database.value(db, "select max(name) from _sqlite_migrations"),
        "store_writable": database.writable(),
        "last_backup": last_copy,
        "disk_free_mb": shutil.disk_usage(Path(database.path()).parent).free // 2**20,
    }
