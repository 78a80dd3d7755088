"""The search for households: filters, and what was found as links to each household."""

from zlib import crc32

import streamlit as st
from sqlite_utils import Database

from lib.core import ROOT
from lib.core.access import User
from lib.core.words import phone
from lib.oversight.figures.finding_times import Hours
from lib.oversight.work import worklist_names
from lib.register.areas import choices, hamlets
from lib.register.households import households
from lib.screen import list_exports, list_words
from lib.screen.households import session, visit
from lib.screen.i18n import _, area, ngettext, number
from lib.screen.labels import HOUSEHOLD_STATUS
from lib.screen.markdown import plain
from lib.screen.shell.page import today
from lib.screen.widgets import download
from lib.screen.widgets.place_names import labels

_PAGE = str(ROOT / "pages" / "households.py")
LIMIT = 50
_TOLD = 4  # persons of one household that are named in the result


def link(label: str, *, icon: str | None = None, **query: str) -> None:
    """A link to this page with other things in its address: a household, the register form, the search."""
    st.page_link(_PAGE, label=label, icon=icon, query_params=query)


def search(db: Database, user: User) -> None:
    """The box, the filters and the result; searched again whenever the typist pauses."""
    list_words.show(db, user, today())
    query = st.text_input(
        _("Search"),
        key="household_query",
        type="search",
        live=True,
        placeholder=_("Name of anyone in the household, code, telephone, lane …"),
        autocomplete="off",
        persist_state="session",
    )
    filters = _filters(db, user)
    wide = user.level in ("district", "province")
    if wide and len(query.strip()) < 2 and not filters["commune"]:
        st.info(_("Type at least two letters, or choose a commune."), icon=":material/search:")
        return
    symptom_hours = filters.pop("symptom_hours")
    narrowed = bool(query.strip()) or any(filters.values()) or symptom_hours is not None
    search_number = crc32(repr((query, filters, symptom_hours is None)).encode())
    key = session.PAGE.at(search_number)  # another search begins at its first page
    page = key.get() or 1
    results = _search_page(db, query, filters, symptom_hours, page)
    if page > 1 and not results:  # it has become shorter
        key.pop()
        page, results = 1, _search_page(db, query, filters, symptom_hours, 1)
    if not results:
        _nothing(user, narrowed=narrowed)
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        _count(results, page)
        _offer(user, query, filters, symptom_hours)
    if results[0]["heads_only"]:
        st.caption(
            _("This name is so common that only heads of households are listed; type more of it to find everyone.")
        )
    for household in results:
        _line(household, with_commune=wide, hours=(symptom_hours or {}).get(household["code"]))
    if (pages := -(-results[0]["total"] // LIMIT)) > 1:
        st.pagination(pages, key=key.name)


def _search_page(
    db: Database, query: str, filters: dict, symptom_hours: dict | None, page: int, limit: int = LIMIT
) -> list[dict]:
    """A page of the households; of those with symptoms the newest word first."""
    among = None if symptom_hours is None else list(symptom_hours)
    narrowed = households.HouseholdFilters(among=among, **filters)
    return households.search(db, query, narrowed, day=today(), limit=limit, page=page)


def _filters(db: Database, user: User) -> dict:
    commune = None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if user.level in ("district", "province"):
            commune = _choice("commune", _("Commune"), _("All communes"), _communes(db, user))
        names = {h["code"]: area(h["kind"], h["name"]) for h in hamlets.listed(db, day=today(), commune=commune)}
        # Without a commune the hamlets of a district would be hundreds of the same few names.
        shown = names if commune or user.level not in ("district", "province") else {}
        hamlet = _choice("hamlet", _("Hamlet"), _("All hamlets"), shown) if shown else None
        lanes = {lane: lane for lane in households.lanes(db, hamlet)} if hamlet else {}
        lane = _choice("lane", _("Lane"), _("All"), lanes) if lanes else None
        states = {"none": _("Visited daily"), **{code: _(word) for code, word in HOUSEHOLD_STATUS.items()}}
        del states["merged"]
        status = _choice("status", _("Status"), _("All statuses"), states)
        unassigned = st.toggle(_("Without a responsible member"), key="household_unassigned", persist_state="session")
        ill = st.toggle(_("Symptoms today"), key=session.WITH_SYMPTOMS.name, persist_state="session")
    return {
        "commune": commune,
        "hamlet": hamlet,
        "lane": lane,
        "status": status,
        "unassigned": unassigned,
        "symptom_hours": _ill(db) if ill else None,
    }


def _ill(db: Database) -> dict[str, Hours]:
    """The hours of those with symptoms today, by code, the newest word first."""
    return {door["code"]: door["told"] for door in worklist_names.ill(worklist_names.doors(db, today()))}


def follow_link() -> None:
    """A link of the work list (`?flag=s`) shows only households where symptoms were reported today."""
    if st.query_params.get("flag") == "s":
        session.WITH_SYMPTOMS.set(True)


def _communes(db: Database, user: User) -> dict[str, str]:
    return labels(choices.below(db, user.area_code, "commune"), parents=True)


def _choice(name: str, label: str, everything: str, options: dict[str, str]) -> str | None:
    return st.selectbox(
        label,
        options,
        format_func=lambda code: options.get(code, ""),
        index=None,
        placeholder=everything,
        key=f"household_{name}",
        width=220,
        persist_state="session",
    )


def _nothing(user: User, *, narrowed: bool) -> None:
    if narrowed:
        st.info(_("No household found. Try fewer letters, another spelling, or the telephone number."))
    elif user.can("household.register"):
        st.info(_("No household is registered yet. Register the first one here."))
    else:
        st.info(_("No household is assigned to you yet. The team leader or the commune assigns them."))


def _offer(user: User, query: str, filters: dict, symptom_hours: dict | None) -> None:
    """All that was found, also what is on other pages, to take away."""
    on, among = today(), None if symptom_hours is None else list(symptom_hours)
    narrowed = households.HouseholdFilters(among=among, **filters)

    def table(db: Database, _user: User) -> download.Table:
        return list_exports.households(households.search(db, query, narrowed, day=on, limit=-1), symptom_hours)

    download.offer(user, "households", {_("Households"): table}, area=filters["commune"])


def _count(listed: list[dict], page: int) -> None:
    total, first = listed[0]["total"], LIMIT * (page - 1)
    words = ngettext("{n} household", "{n} households", total).format(n=number(total))
    if total > len(listed):
        shown = _("{first} to {last} are shown").format(first=number(first + 1), last=number(first + len(listed)))
        words = f"{words} · {shown}"
    st.caption(words)


def _line(household: dict, *, with_commune: bool, hours: Hours | None) -> None:
    """One household: its name is the link, the rest stands beside it, or below it on a telephone."""
    facts = [
        visit.said_at(hours, today()) if hours else None,
        household["lane"],
        household["house_number"],
        area(household["hamlet_kind"], household["hamlet_name"]),
        area(household["commune_kind"], household["commune_name"]) if with_commune else None,
        phone.spaced(household["phone"]),
    ]
    place = " · ".join(plain(fact) for fact in facts if fact)
    lives = _people(household["people"])
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(width=300):
            link(f"**{plain(household['head_name'])}** {plain(household['code'])}", household=household["code"])
        with st.container(width="stretch"):
            st.markdown(f"{lives}{place} · {_who(household)}{_mark(household['status'])}")


def _people(people: list[dict]) -> str:
    """Who of the household was meant, where it is not the head."""
    if not people:
        return ""
    persons = [
        f"{person['name']} ({person['year']})" if person["year"] else person["name"] for person in people[:_TOLD]
    ]
    names = ", ".join(f"**{plain(name)}**" for name in persons) + (" …" if len(people) > _TOLD else "")
    return ":material/person: " + _("In this household: {names}").format(names=names) + "  \n"


def _who(household: dict) -> str:
    if household["member_name"]:
        return f"{plain(household['member_name'])}, {plain(household['team_name'])}"
    if household["status"] == "moved":
        return "–"
    return f":orange[:material/person_off: {_('No responsible member')}]"


def _mark(status: str | None) -> str:
    return f" · :material/event_busy: {_(HOUSEHOLD_STATUS[status])}" if status else ""
