"""Checks the version of a row, which each change counts up, against the one that the editor read."""

from lib.core.errors import N_, Conflict


def check_version(stored: dict, version: int) -> None:
    """Raise Conflict when the stored row has been changed since `version` was read."""
    if stored["version"] != version:
        raise Conflict(
            N_(
                "Someone has changed this in the meantime; the latest data are shown. Compare them with what you "
                "typed and save again."
            )
        )
