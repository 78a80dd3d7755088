"""Decisions founding or reorganising teams as files: one commune's, or those of all communes of an area (S2-20)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.audit import act
from lib.core.errors import N_, Conflict
from lib.core.words.titles import full, within
from lib.exchange.documents import decision_rows, decisions
from lib.exchange.documents.appendix import WHOLE, Cell, saved, sheet, write
from lib.exchange.documents.decision_letter import HOUSEHOLDS, MEMBERS, ROLES
from lib.exchange.documents.report_files import KIND
from lib.exchange.letters import official
from lib.register.areas import choices

NAME = "Quyết định về Tổ Covid cộng đồng"


@dataclass(frozen=True)
class DecisionRequest:
    """The decisions of an area's communes as of a day; `founding` None founds or reorganises as the teams' days say."""

    area: str
    day: str
    founding: bool | None = None
    number: str = ""


def document(db: Database, user: User, request: DecisionRequest, form: str) -> bytes:
    """One commune's decision, or its appendices as a workbook."""
    decision = decision_rows.gathered(
        db, user, request.area, day=request.day, founding=request.founding, number=request.number
    )
    return book(decision) if form == "xlsx" else decisions.document(decision, form)


def document_logged(db: Database, user: User, request: DecisionRequest, form: str, *, now: datetime) -> bytes:
    """The same, with its line in the log."""
    content = document(db, user, request, form)
    _log(db, user, request, form, now=now)
    return content


def all_of(
    db: Database,
    user: User,
    request: DecisionRequest,
    target: Path,
    progress: Callable[[float], None] = lambda share: None,
) -> int:
    """One file a commune into a folder or .zip that does not exist yet; ".pdf.zip" holds PDF, else DOCX."""
    access.check(user, decision_rows.RIGHT)
    codes = decision_rows.communes(db, user, request.area, request.day)
    if not codes:
        raise Conflict(N_("No commune of this area has a team on that day."))
    form = "pdf" if ".pdf" in (suffix.lower() for suffix in target.suffixes) else "docx"
    try:
        return decisions.decisions(
            decision_rows.each(db, user, codes, day=request.day, founding=request.founding),
            target,
            form,
            lambda done, _name: progress(done / len(codes)),
        )
    except BaseException:  # half of the communes are worth less than none
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(missing_ok=True)
        raise


def all_of_logged(
    db: Database,
    user: User,
    request: DecisionRequest,
    target: Path,
    progress: Callable[[float], None],
    *,
    now: datetime,
) -> int:
    """The same, with its line in the log."""
    done = all_of(db, user, request, target, progress)
    _log(db, user, request, "zip", done, now=now)
    return done


def _log(db: Database, user: User, request: DecisionRequest, form: str, count: int = 1, *, now: datetime) -> None:
    # Drawing takes seconds, so the store is not held for it.
    with act(db, user, decision_rows.RIGHT, now=now, kind=KIND) as deed:
        deed.area = request.area
        deed.subject = f"{NAME}, {full(choices.get(db, request.area))}, {official.short_date(request.day)}"
        deed.detail = {"form": form} | ({"documents": count} if count > 1 else {})


_MEMBERS = (
    ("TT", 6),
    ("Tổ", 32),
    ("Ấp, khu phố", 24),
    ("Họ và tên", 30),
    ("Năm sinh", 10),
    ("Chức vụ, nghề nghiệp", 30),
    ("Nhiệm vụ", 12),
    ("Điện thoại", 16),
)
_HOUSEHOLDS = (
    ("TT", 6),
    ("Tổ", 32),
    ("Ấp, khu phố", 24),
    ("Người phụ trách", 30),
    ("Mã hộ", 16),
    ("Chủ hộ", 30),
    ("Địa chỉ", 40),
    ("Nhân khẩu", 11),
)


def book(decision: dict) -> bytes:
    """The appendices of a decision as it lists them; telephones and codes are text."""
    verb = "thành lập" if decision["founding"] else "kiện toàn"
    head = [
        f"{full(decision['commune'])}, {within(decision['district'])}, {within(decision['province'])}",
        f"(Kèm theo Quyết định {verb} Tổ Covid cộng đồng {official.long_date(decision['day'])})",
    ]
    workbook = Workbook()
    workbook.remove(workbook.active)
    members = sheet(workbook, "Thành viên", MEMBERS, head, _in_place(_MEMBERS, decision))
    for place, (team, member) in enumerate(_listed(decision, "members"), start=1):
        write(members, _member(place, team, member))
    households = sheet(workbook, "Hộ gia đình", HOUSEHOLDS, head, _in_place(_HOUSEHOLDS, decision))
    for place, (team, household) in enumerate(_listed(decision, "households"), start=1):
        write(households, _household(place, team, household))
    return saved(workbook)


def _listed(decision: dict, of: str) -> Iterator[tuple[dict, dict]]:
    """`(team, member)` or `(team, household)`, team by team."""
    return ((team, row) for team in decision["teams"] for row in team[of])


def _member(place: int, team: dict, member: dict) -> list[Cell]:
    return [
        (place, WHOLE),
        (team["name"], ""),
        (team["hamlet"], ""),
        (member["full_name"], ""),
        (member["birth_year"], "0"),
        (member["position"], ""),
        (ROLES.get(member["role"], ""), ""),
        (member["phone"], "@"),
    ]


def _household(place: int, team: dict, household: dict) -> list[Cell]:
    return [
        (place, WHOLE),
        (team["name"], ""),
        (team["hamlet"], ""),
        (household["member"], ""),
        (household["code"], "@"),
        (household["head_name"], ""),
        (household["address"], ""),
        (household["persons"], WHOLE),
    ]


def _in_place(columns: tuple[tuple[str, int], ...], decision: dict) -> list[tuple[str, int]]:
    """Headings in the words of the commune."""
    return [(decision["words"].put(title), width) for title, width in columns]
