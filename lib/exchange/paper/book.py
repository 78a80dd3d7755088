"""Print documents for a team or a whole commune: day's sheets, lists of households, duty cards, call lists.

The rows are those of the screen, so no page shows a name that its reader may not see. All text is Vietnamese.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import access
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import value
from lib.exchange.paper import call_list, duty_card, handover_list, sheet
from lib.exchange.paper.page import Font, Page
from lib.register.teams import printed_sheets, sheet_numbers

KIND = "paper.print"
NUMBERED = ("sheets", "lists", "calls")  # documents that show row numbers, which are fixed from then on
Link = Callable[[int, str], str]
TITLES = {
    "sheets": "Phiếu thăm hộ hằng ngày",
    "lists": "Danh sách hộ phân công",
    "cards": "Thẻ nhiệm vụ tổ viên",
    "calls": "Danh sách gọi điện",
}


def book(kind: str, teams: Iterable[dict], *, day: str, link: Link) -> bytes:
    """Draw one PDF of a kind for these teams, in their order.

    A team is `{id, name, hamlet, commune, district, decision_no, decision_day, station, office, people, code}`, its
    people `{full_name, role, phone, lines}`, their lines rows of the screen's sheet, null where the reader may not see
    them. `link` gives the address at which the sheet of a team and code is typed in.
    """
    page = Page(TITLES[kind], day, orientation="landscape" if kind == "cards" else "portrait")
    for team in teams:
        _DRAWN[kind](page, team, day, link)
    if not page.pages_count:
        page.add_page()
        page.put(20, 30, "Không có hộ nào trong danh sách này.", Font(14))
    return page.pdf()


def _sheets(page: Page, team: dict, day: str, link: Link) -> None:
    for member in _minding(team):
        sheet.draw(page, team, member, on=day, link=link(team["id"], team["code"]))


def _lists(page: Page, team: dict, day: str, _link: Link) -> None:
    for member in _minding(team):
        handover_list.draw(page, team, member, on=day)


def _cards(page: Page, team: dict, _day: str, _link: Link) -> None:
    members = (member for member in team["people"] if member["lines"] is not None)
    for place, member in enumerate(members):
        duty_card.draw(page, team, member, place=place)


def _calls(page: Page, team: dict, day: str, _link: Link) -> None:
    call_list.draw(page, team, on=day)


_DRAWN = {"sheets": _sheets, "lists": _lists, "cards": _cards, "calls": _calls}


def _minding(team: dict) -> Iterator[dict]:
    return (member for member in team["people"] if member["lines"])


def right(user: User) -> str:
    """Return the right to print: members and leaders print their own, others need that of exports (S1-18)."""
    return "names.see" if user.team_id else "sheet.export"


@dataclass(frozen=True)
class Order:
    """What is to be printed: the kind of document, its day, the area that the log names, the link of each sheet."""

    kind: str
    day: str
    area: str
    link: Link


def export_logged(db: Database, user: User, order: Order, teams: Iterable[dict], *, now: datetime) -> bytes:
    """Draw the document and log the print; Refused for roles that take no lists.

    Each team's sheet gets its code; the numbers on it are fixed before (`numbered`).
    """
    access.check(user, right(user))
    title, names, codes, rows = TITLES[order.kind], [], [], 0

    def counted() -> Iterator[dict]:
        nonlocal rows
        for team in teams:
            names.append(team["name"])
            rows += sum(len(member["lines"] or ()) for member in team["people"])
            numbers = _on_paper(team) if order.kind == "sheets" else {}
            code = printed_sheets.issue(db, user, team["id"], order.day, numbers, now=now) if numbers else ""
            codes.append(printed_sheets.spaced(code))
            yield {**team, "code": code}

    pdf = book(order.kind, counted(), day=order.day, link=order.link)
    # Drawing takes seconds for a commune, so the store is not held for it.
    with act(db, user, right(user), now=now, kind=KIND) as deed:
        deed.area = order.area
        deed.subject = f"{title}, {names[0]}" if len(names) == 1 else title
        deed.detail = {"day": order.day, "rows_taken": rows} | (
            {"sheet": codes[0]} if len(codes) == 1 and codes[0] else {}
        )
    return pdf


def numbered(db: Database, kind: str, team: int, day: str) -> None:
    """Fix the numbers of a team's rows before they are read for a document that shows them."""
    if kind in NUMBERED:
        sheet_numbers.fix(db, team, day)


def _on_paper(team: dict) -> dict[int, list[int]]:
    """Return the numbers on a team's sheets, by member."""
    numbers: dict[int, list[int]] = {}
    for line in (line for member in _minding(team) for line in member["lines"]):
        numbers.setdefault(line["member_id"], []).append(line["number"])
    return numbers


def telephone(db: Database, commune: str, role: str) -> str | None:
    """Return the telephone of the commune's health station or office, as entered with its account."""
    return value(
        db,
        """select a.phone
            from grants g join accounts a on a.id = g.account_id  -- all: an office's number, which its teams must know
            where g.area_code = ? and g.role = ? and g.until_day is null and a.is_active and a.phone is not null
            order by g.id limit 1""",
        [commune, role],
    )
