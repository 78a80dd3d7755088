"""A report or decision written to a file from a terminal, as the page gives it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from lib.core import rollup
from lib.core.access import require
from lib.core.errors import N_, Conflict
from lib.exchange.documents import decision_files, report_files
from lib.exchange.lists import commands
from lib.register.areas import choices

KINDS = ("commune", "district", "province", "health", "decision")


@dataclass(frozen=True)
class Document:
    """One of KINDS for an area and a day."""

    kind: str
    code: str
    day: str


def write(
    db: Database,
    wanted: Document,
    target: Path,
    *,
    now: datetime,
    progress: Callable[[float], None] = lambda share: None,
) -> int:
    """Write the document; the ending of its name says which form. Returns how many documents were written.

    Decisions of a district or province go one a commune into a .zip or a folder.
    """
    kind, code, day = wanted.kind, wanted.code, wanted.day
    area = require(choices.get(db, code), N_("There is no area with this code; check the code."))
    system = commands.system(db, code, now)
    if not rollup.is_open(db, day):
        raise Conflict(N_("The data contain no figures for {day}."), day=day)
    form = target.suffix[1:].lower()
    if kind == "decision" and area["level"] != "commune":
        if form in report_files.FORMS:  # else a folder of that name would be made
            raise Conflict(N_("Decisions of many communes go into a folder, a .zip or a .pdf.zip."))
        return decision_files.all_of(db, system, decision_files.DecisionRequest(code, day), target, progress)
    if form not in report_files.FORMS:
        raise Conflict(N_("The name of the file must end in .docx, .pdf or .xlsx."))
    if kind == "decision":
        _put(target, decision_files.document(db, system, decision_files.DecisionRequest(code, day), form))
    else:
        _put(target, report_files.document(db, None, report_files.ReportFile(kind, code, day, form), now=now))
    return 1


def _put(target: Path, content: bytes) -> None:
    """In whole or not at all."""
    part = target.with_name(target.name + ".part")
    part.write_bytes(content)
    os.replace(part, target)
