"""Decisions founding or reorganising teams as files: one commune's, or those of all communes of an area (S2-20)."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.audit import act
from lib.core.errors import N_, Conflict
from lib.core.words.titles import full, within
from lib.exchange.documents import decision_files, decision_rows, decisions
from lib.exchange.documents.appendix import WHOLE, saved, sheet, write
from lib.exchange.documents.decision_letter import HOUSEHOLDS, MEMBERS, ROLES
from lib.exchange.documents.report_files import KIND
from lib.exchange.letters import official
from lib.register.areas import choices

NAME = "Quyết định về Tổ Covid cộng đồng"


def document(
    db: Database, user: User, commune: str, form: str, *, day: str, founding: bool | None = None, number: str = ""
) -> bytes:
    """One commune's decision, or its appendices as a workbook."""
    made = decision_rows.gathered(db, user, commune, day=day, founding=founding, number=number)
    return decision_files.book(made) if form == "xlsx" else decisions.document(made, form)


def taken(
    db: Database, user: User, commune: str, form: str, *, day: str, now: datetime, founding: bool, number: str
) -> bytes:
    """The same, once the log has its line."""
    made = document(db, user, commune, form, day=day, founding=founding, number=number)
    _log(db, user, commune, day, form, 1, now)
    return made


def all_of(
    db: Database,
    user: User,
    area: str,
    target: Path,
    *,
    day: str,
    founding: bool | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> int:
    """One file a commune into a folder or .zip that does not exist yet; ".pdf.zip" holds PDF, else DOCX."""
    access.check(user, decision_rows.RIGHT)
    codes = decision_rows.communes(db, user, area, day)
    if not codes:
        raise Conflict(N_("No commune of this area has a team on that day."))
    form = "pdf" if ".pdf" in (suffix.lower() for suffix in target.suffixes) else "docx"
    try:
        return decisions.decisions(
            decision_rows.each(db, user, codes, day=day, founding=founding),
            target,
            form,
            lambda done, _name: progress(done / len(codes)),
        )
    except BaseException:  # half of the communes are worth less than none
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(missing_ok=True)
        raise


def taken_all(
    db: Database,
    user: User,
    area: str,
    target: Path,
    *,
    day: str,
    now: datetime,
    founding: bool,
    progress: Callable[[float], None],
) -> int:
    """The same, once the log has its line."""
    done = all_of(db, user, area, target, day=day, founding=founding, progress=progress)
    _log(db, user, area, day, "zip", done, now)
    return done


def _log(db: Database, user: User, area: str, day: str, form: str, count: int, now: datetime) -> None:
    # Drawing takes seconds, so the store is not held for it.
    with act(db, user, decision_rows.RIGHT, now=now, area=area, kind=KIND) as deed:
        deed.subject = f"{NAME}, {full(choices.get(db, area))}, {official.short_date(day)}"
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


def book(made: dict) -> bytes:
    """As the decision lists them; telephones and codes are text."""
    verb = "thành lập" if made["founding"] else "kiện toàn"
    head = [
        f"{full(made['commune'])}, {within(made['district'])}, {within(made['province'])}",
        f"(Kèm theo Quyết định {verb} Tổ Covid cộng đồng {official.long_date(made['day'])})",
    ]
    workbook = Workbook()
    workbook.remove(workbook.active)
    members = sheet(workbook, "Thành viên", MEMBERS, head, _in_place(_MEMBERS, made))
    people = ((team, one) for team in made["teams"] for one in team["members"])
    for place, (team, one) in enumerate(people, start=1):
        write(
            members,
            [
                (place, WHOLE),
                (team["name"], ""),
                (team["hamlet"], ""),
                (one["full_name"], ""),
                (one["birth_year"], "0"),
                (one["position"], ""),
                (ROLES.get(one["role"], ""), ""),
                (one["phone"], "@"),
            ],
        )
    households = sheet(workbook, "Hộ gia đình", HOUSEHOLDS, head, _in_place(_HOUSEHOLDS, made))
    given = ((team, one) for team in made["teams"] for one in team["households"])
    for place, (team, one) in enumerate(given, start=1):
        write(
            households,
            [
                (place, WHOLE),
                (team["name"], ""),
                (team["hamlet"], ""),
                (one["member"], ""),
                (one["code"], "@"),
                (one["head_name"], ""),
                (one["address"], ""),
                (one["persons"], WHOLE),
            ],
        )
    return saved(workbook)


def _in_place(columns: tuple[tuple[str, int], ...], made: dict) -> list[tuple[str, int]]:
    """Headings in the words of the commune."""
    return [(made["words"].put(title), width) for title, width in columns]
