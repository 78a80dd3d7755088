"""Printing on the day's sheet, for the team shown or its whole commune, from rows as the screen reads them."""

from collections.abc import Callable, Iterator

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import place_words, titles
from lib.exchange.paper import book
from lib.field.visits import answer_rows, visits
from lib.register.areas import choices
from lib.register.teams import members, teams
from lib.screen import i18n
from lib.screen.i18n import N_, _, number
from lib.screen.markdown import plain
from lib.screen.sheet import session
from lib.screen.shell.page import attempt
from lib.screen.widgets import download

KINDS = {
    "sheets": N_("Day's sheets to tick"),
    "lists": N_("Households of each member"),
    "cards": N_("Duty cards"),
    "calls": N_("Call list"),
}
_PURPOSES = {
    "sheets": N_(
        "One sheet per member, in walking order with the row numbers of this screen; enter it with “From paper”."
    ),
    "lists": N_("What each member was given, with room for two signatures."),
    "cards": N_("What a member has to do and whom to call; two cards on a page, to be cut apart."),
    "calls": N_("Households neither met nor reached yet, with their telephones, by member."),
}
_FILES = {"sheets": "phieu-tham-ho", "lists": "danh-sach-ho", "cards": "the-nhiem-vu", "calls": "danh-sach-goi"}


def draw_popover(db: Database, user: User, team: dict, day: str, listed: list[dict]) -> None:
    """The choice and the button; nothing for roles that take no lists. `listed` are the teams to choose from."""
    if not user.can(book.right(user)):
        return
    with st.popover(_("Print"), icon=":material/print:", key="sheet_print"):
        kind = st.radio(_("What to print"), list(KINDS), format_func=lambda code: _(KINDS[code]), key="paper_kind")
        st.caption(_(_PURPOSES[kind]))
        if len(listed) > 1 and _whole(team):
            _commune(db, user, kind, day, team["commune_code"], listed)
            return
        make = _of_team(kind, team, day, _link(day))
        _button(download.maker(user, make), f"{_FILES[kind]}-{team['id']}-{day}.pdf")


def _whole(team: dict) -> bool:
    choices = {"team": plain(team["name"]), "commune": _("Whole commune")}
    return st.radio(_("Scope"), list(choices), format_func=choices.get, key="paper_reach") == "commune"


def _button(data: bytes | Callable[[], bytes], name: str) -> None:
    st.download_button(
        _("Download the PDF"),
        data,
        file_name=name,
        mime="application/pdf",
        on_click="ignore",
        icon=":material/download:",
        key="paper_take",
    )


def _of_team(kind: str, team: dict, day: str, link: book.Link) -> Callable[[Database, User], bytes]:
    def make(db: Database, user: User) -> bytes:
        document = gathered(db, user, kind, team["id"], day)
        order = book.Order(kind, day, team["commune_code"], link)
        return book.export_logged(db, user, order, [document], now=clock.now())

    return make


def _commune(db: Database, user: User, kind: str, day: str, commune: str, listed: list[dict]) -> None:
    """Hundreds of pages take a few seconds: made first, with a bar, then taken."""
    wanted = (kind, day, commune, user.id, user.grant_id)
    if st.button(_("Make the PDF for {n} teams").format(n=number(len(listed))), key="paper_make"):
        bar = st.progress(0.0, text=_("Drawing the pages …"))
        documents = _each_team(db, user, kind, listed, day, bar.progress)
        order = book.Order(kind, day, commune, _link(day))
        file, problem = attempt(book.export_logged, db, user, order, documents, now=clock.now())
        bar.empty()
        session.DOCUMENT.set(None if problem else (wanted, file))
    last = session.DOCUMENT.get()
    if last and last[0] == wanted:
        _button(last[1], f"{_FILES[kind]}-{commune}-{day}.pdf")


def _each_team(
    db: Database, user: User, kind: str, listed: list[dict], day: str, progress: Callable[[float], object]
) -> Iterator[dict]:
    for place, team in enumerate(listed):
        progress(place / len(listed))
        yield gathered(db, user, kind, team["id"], day)


def gathered(db: Database, user: User, kind: str, team_id: int, day: str) -> dict:
    """A team as its documents need it; NotFound for a stranger. Lines of teammates a member may not see are null.

    Its numbers stand from now on where the kind of document bears them.
    """
    team = teams.get(db, team_id)
    book.numbered(db, kind, team_id, day)
    district = choices.get(db, team["commune_code"])
    return {
        "id": team_id,
        "name": team["name"],
        "hamlet": i18n.area(team["hamlet_kind"], team["hamlet_name"]),
        "commune": i18n.area(team["commune_kind"], team["commune_name"]),
        "district": titles.within({"kind": district["parent_kind"], "name": district["parent_name"]}),
        "words": place_words.of(db, team["commune_code"]),
        "decision_no": team["decision_no"],
        "decision_day": team["decision_day"],
        "station": book.telephone(db, team["commune_code"], "station"),
        "office": book.telephone(db, team["commune_code"], "commune"),
        "people": _people(db, user, team_id, day),
    }


def _people(db: Database, user: User, team_id: int, day: str) -> list[dict]:
    """Everybody with households in the order of the walk, whoever left since included; then teammates without."""
    lines: dict[int, list[dict]] = {}
    for line in visits.sheet(db, team_id, day, user):
        lines.setdefault(line["member_id"], []).append(line)
    teammates = {member["id"]: member for member in members.of_team(db, team_id, day=day)}
    own = answer_rows.own(user)
    people = []
    for member in [*lines, *(one for one in teammates if one not in lines)]:
        facts = teammates.get(member) or {"full_name": lines[member][0]["member"], "role": "member", "phone": None}
        own_lines = lines.get(member, [] if own in (None, member) else None)
        people.append({**{name: facts[name] for name in ("full_name", "role", "phone")}, "lines": own_lines})
    return people


def _link(day: str) -> book.Link:
    """The address of a team's sheet for copying it from paper; without a host where the browser's is not known."""
    url = st.context.url
    base = url.rpartition("/")[0] + "/" if isinstance(url, str) and "://" in url else ""
    return lambda team, code: f"{base}sheet?team={team}&day={day}&paper={code}"
