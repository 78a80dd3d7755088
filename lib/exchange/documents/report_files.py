"""A day's reports as files: the quick report, the health department's, the extract for one committee member.

The log says who made which document. They hold figures and officers, no names of households.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import act
from lib.core.errors import N_, Conflict
from lib.core.words.titles import full
from lib.exchange.documents import letterheads, report_book, report_letter
from lib.exchange.documents.letterhead import Letterhead
from lib.exchange.letters import official
from lib.exchange.letters.letter import Letter
from lib.exchange.letters.letter_docx import docx
from lib.exchange.letters.letter_pdf import pdf
from lib.oversight.report_template import indicators
from lib.oversight.reports import content as report_content
from lib.oversight.reports import context, entered_values, officers, states
from lib.oversight.reports.context import ReportContext
from lib.oversight.reports.figures import Figures
from lib.register.areas import choices

KIND = "document.make"
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LINES = {"commune": "party", "district": "party", "province": "party", "health": "health"}
NAMES = {
    "commune": "Báo cáo nhanh",
    "district": "Báo cáo nhanh 14 giờ",
    "province": "Báo cáo nhanh 15 giờ",
    "health": "Báo cáo ngành y tế",
    "extract": "Trích báo cáo 15 giờ",
}


def kinds(level: str) -> tuple[str, ...]:
    """The reports an area of this level has."""
    return {"province": ("province", "health"), "district": ("district",), "commune": ("commune",)}.get(level, ())


@dataclass(frozen=True)
class ReportFile:
    """A file of one of `kinds` of an area's reports of a day; `officer` asks for that committee member's extract."""

    kind: str
    code: str
    day: str
    form: str
    officer: int | None = None

    @property
    def name(self) -> str:
        """ "bao-cao-nhanh-710-2021-08-16.docx"; that of an extract bears the officer's number."""
        if self.officer:
            return f"trich-bao-cao-{self.code}-{self.officer}-{self.day}.{self.form}"
        start = "bao-cao-y-te" if self.kind == "health" else "bao-cao-nhanh"
        return f"{start}-{self.code}-{self.day}.{self.form}"


def document(db: Database, user: User | None, file: ReportFile, *, now: datetime) -> bytes:
    """What stands in a file of a report; the log says who made it."""
    _check(db, user, file.kind, file.code)
    member, only = committee(db, file.code, file.day, file.officer) if file.officer else (None, None)
    report = context.read(db, user, file.code, file.day, now=now)
    figures = Figures(db, report)
    content = report_content.content(db, report, figures, kind=file.kind, only=only)
    if user is not None:
        with act(db, user, "report.see", now=now, kind=KIND) as deed:
            deed.area = file.code
            name = NAMES["extract" if member else file.kind]
            deed.subject = f"{name}, {full(content['area'])}, {official.short_date(file.day)}"
            deed.detail = {"form": file.form} | ({"officer": member["full_name"]} if member else {})
    if file.form == "xlsx":
        listed = communes(db, report, figures, content)
        return report_book.book(content | {"blocks": []} if member else content, listed)
    head = letterheads.of(db, file.code, LINES[file.kind])
    return {"docx": docx, "pdf": pdf}[file.form](letter(content, head, member))


def letter(content: dict, head: Letterhead, member: dict | None = None) -> Letter:
    """The document of what a report says; numbers of documents are entered by hand."""
    if member:
        return report_letter.extract(content, head, member)
    return (report_letter.of_health if content["kind"] == "health" else report_letter.report)(content, head)


def _check(db: Database, user: User | None, kind: str, code: str) -> None:
    area = require(choices.get(db, code), N_("There is no area with this code; check the code."))
    states.check_inside(db, user, code)
    if kind not in kinds(area["level"]):
        raise Conflict(N_("{area} does not make this kind of report; choose another unit."), area=full(area))


def members(db: Database, user: User | None, code: str, day: str) -> list[dict]:
    """Committee members in charge of districts of a province on the day: `{id, full_name, position, codes, areas}`."""
    below = choices.below(db, code, "district")
    codes = [line["code"] for line in below]
    named = officers.seen(db, user, codes, day) if user else officers.of_areas(db, codes, day)
    by_person: dict[tuple, dict] = {}
    for line in below:
        if officer := named[line["code"]].get("committee"):
            member = by_person.setdefault(
                (officer["full_name"], officer["phone"]), officer | {"codes": [], "areas": []}
            )
            member["codes"].append(line["code"])
            member["areas"].append(full(line))
    return list(by_person.values())


def committee(db: Database, code: str, day: str, officer: int) -> tuple[dict, list[str]]:
    """One of these members, and the districts the extract is cut to."""
    for member in members(db, None, code, day):
        if member["id"] == officer:
            return member, member["codes"]
    raise Conflict(
        N_("This officer is not in charge of a district on that day; choose another day or assign the officer again.")
    )


def communes(db: Database, report: ReportContext, figures: Figures, content: dict) -> list[dict]:
    """Every commune of a province's report, or of the districts it is cut to, from the same counts; else none."""
    if report.level != "province":
        return []
    lines = [
        (district, line) for district in content["units"] for line in choices.below(db, district["code"], "commune")
    ]
    codes = [line["code"] for _district, line in lines]
    standings = report_content.unit_standings(db, codes, report.day, now=report.now)
    entered = entered_values.of_units(db, codes, report.day, content["entered"]["columns"])
    rows = []
    for district, line in lines:
        counts, before = figures.counts.get(line["code"]), figures.before.get(line["code"])
        rows.append(
            {
                **{name: line[name] for name in ("code", "kind", "name")},
                "level": "commune",
                "parent_name": full(district),
                "reported": _reports(counts),
                "counts": counts,
                **standings[line["code"]],
                "values": _values(figures, counts),
                "before": _values(figures, before) if before else None,
                "entered": entered[line["code"]],
            }
        )
    return rows


def _reports(counts: dict | None) -> bool:
    return bool(counts and counts["communes_reporting"])


def _values(figures: Figures, counts: dict | None) -> dict:
    return {line["code"]: indicators.value(line["function"], counts) for line in figures.automatic}
