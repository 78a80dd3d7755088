"""Stores the documents behind the rules on teams: the State's directive and the Party's letter.

Until the province enters a document, a rule is shown without one and says so. Decisions of communes cite the State's
document (S2-20; Decree 30/2020, appendix I.II.6a).
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import set_setting, setting
from lib.core.form_input import Typed
from lib.core.words import dates

STATE, PARTY = "state", "party"
SOURCES = (STATE, PARTY)  # size, load, responsible member, founding decision; leader, people, no overlap
DOCUMENTS = ("Chỉ thị", "Công văn", "Hướng dẫn", "Kế hoạch", "Quyết định", "Nghị quyết", "Kết luận", "Thông báo")
FIELDS = ("document", "number", "day", "issuer", "about")
_LONGEST = {"number": 60, "issuer": 120, "about": 300}


@dataclass(frozen=True)
class Source:
    """A document: "Chỉ thị", "05/CT-UBND", 2021-05-31, "Chủ tịch Ủy ban nhân dân tỉnh"; `about` is its abstract."""

    document: str
    number: str
    day: str
    issuer: str
    about: str | None = None

    def citation(self, dated: str | None = None) -> str:
        """Cite the document: "Chỉ thị số 05/CT-UBND ngày 31/05/2021 của Chủ tịch Ủy ban nhân dân tỉnh".

        `dated` is the day in a letter's form.
        """
        return f"{self.document} số {self.number} {dated or f'ngày {dates.shown(self.day)}'} của {self.issuer}"


def read(db: Database) -> dict[str, Source | None]:
    """Return the documents by SOURCES; None for one that is not entered or not readable."""
    return {name: _read(setting(db, f"source.{name}")) for name in SOURCES}


def _read(stored: str | None) -> Source | None:
    try:
        return Source(**json.loads(stored)) if stored else None
    except (ValueError, TypeError):
        return None


def save(db: Database, user: User, name: str, values: dict, *, now: datetime) -> None:
    """Enter, correct or (all fields empty) remove a document; raise Invalid with the fields at fault."""
    with act(db, user, "setting.rules", now=now, kind="setting.sources") as deed:
        old = read(db)[name]
        new = _checked(values, today=clock.day_of(now))
        deed.subject = name
        deed.detail = {f"source_{name}": [old and old.citation(), new and new.citation()]}
        if (old and old.about) != (new and new.about):
            deed.detail["about"] = [old and old.about, new and new.about]
        deed.nothing = old == new
        if not deed.nothing:
            set_setting(db, f"source.{name}", json.dumps(asdict(new), ensure_ascii=False) if new else "")


def _checked(values: dict, *, today: str) -> Source | None:
    if not any(str(values.get(field) or "").strip() for field in FIELDS):
        return None
    typed = Typed(values)
    document = typed.choice("document", DOCUMENTS, required=True)
    day = typed.day("day", today=today, required=True)
    number, issuer, about = (typed.text(field, most, required=field != "about") for field, most in _LONGEST.items())
    typed.done()
    return Source(document, number or "", day, issuer or "", about)
