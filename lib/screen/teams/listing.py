"""Drawing of the list of teams: filters that search as one types, and a table to choose from."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.core.words import phone
from lib.register.areas import choices, hamlets
from lib.register.teams import rule_warnings, teams
from lib.register.teams.teams import TeamFilters
from lib.screen import list_exports, list_words
from lib.screen.i18n import N_, _, area, ngettext, number
from lib.screen.session import Key
from lib.screen.shell.page import today
from lib.screen.teams import session
from lib.screen.widgets import download, more
from lib.screen.widgets.place_names import labels

SHOWN = 200
STATUS = {"living": N_("Active"), "reconstituting": N_("Being reconstituted"), "dissolved": N_("Dissolved")}


def chosen() -> int | None:
    """The team clicked in the table as it was drawn last."""
    picked = (_table_key().get() or {}).get("selection", {})
    position = next(iter([*picked.get("rows", []), *(cell[0] for cell in picked.get("cells", []))]), None)
    drawn = session.LISTED.get() or []
    if position is None or position >= len(drawn):
        return None
    session.CHOICES.set((session.CHOICES.get() or 0) + 1)
    return drawn[position]


def show(db: Database, user: User) -> None:
    """Filters, hamlets without a team, and the teams."""
    list_words.show(db, user, today())
    filters = _filters(db, user)
    warned = filters.pop("warned", False)
    of = f"teams_{filters}_{warned}"
    many = more.so_many(of, SHOWN)
    lines, warnings = _select(db, user, filters, warned, limit=many + 1)
    if user.can("team.manage") or user.level != "commune":
        _gaps(db, user, filters["commune"])
    if not lines:
        _nothing(user, filters, warned)
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        _count(lines[:many], warnings, cut=len(lines) > many)
        _offer(user, filters, warned)
    _table(user, lines[:many], warnings)
    if len(lines) > many:
        more.offer(of, None, step=SHOWN)


def _select(
    db: Database, user: User, filters: dict, warned: bool, *, limit: int = -1
) -> tuple[list[dict], dict | None]:
    """The teams asked for, and warnings by team where they are worked out."""
    warnings = (
        rule_warnings.by_team(rule_warnings.warnings(db, day=today(), commune=filters["commune"]))
        if _few(user, filters)
        else None
    )
    lines = teams.listed(db, TeamFilters(**filters), day=today(), limit=-1 if warned else limit)
    if warned and warnings is not None:
        lines = [line for line in lines if line["id"] in warnings]
    return lines, warnings


def _offer(user: User, filters: dict, warned: bool) -> None:
    """The same teams to take away, all of them, or one row for each of their members."""
    tables = {
        _("Community Covid teams"): lambda db, user: list_exports.teams(*_select(db, user, filters, warned)),
        _("Team members"): lambda db, user: list_exports.people(db, _select(db, user, filters, warned)[0], on=today()),
    }
    download.offer(user, "teams", tables, area=filters["commune"])


def _table_key() -> Key[dict]:
    """The key of the table; each choice leads to a new one, in which nothing is chosen."""
    return session.TABLE.at(session.CHOICES.get() or 0)


def _few(user: User, filters: dict) -> bool:
    """Warnings are worked out for a district at most, so that a keystroke stays light."""
    return user.level != "province" or filters["commune"] is not None


def _filters(db: Database, user: User) -> dict:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        query = st.text_input(
            _("Search"),
            key="teams_query",
            type="search",
            live=True,
            persist_state="session",
            placeholder=_("Team, leader or telephone; accents may be left out"),
            width=320,
        )
        filters = {"query": query or "", "commune": None, "hamlet": None}
        if user.level in ("district", "province"):
            filters["commune"] = _choice(_("Commune"), "teams_commune", _communes(db, user), _("All communes"))
        commune = filters["commune"] or (user.area_code if user.level == "commune" else None)
        if commune and user.role not in ("leader", "member"):
            names = {h["code"]: area(h["kind"], h["name"]) for h in hamlets.listed(db, day=today(), commune=commune)}
            filters["hamlet"] = _choice(_("Hamlet"), "teams_hamlet", names, _("All hamlets"))
        filters["status"] = st.segmented_control(
            _("Status"),
            list(STATUS),
            default="living",
            format_func=lambda code: _(STATUS[code]),
            key="teams_status",
            required=True,
            persist_state="session",
        )
        if _few(user, filters):
            filters["warned"] = st.toggle(_("With warnings only"), key="teams_warned", persist_state="session")
    return filters


def _choice(label: str, key: str, names: dict[str, str], placeholder: str) -> str | None:
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.get,
        key=key,
        placeholder=placeholder,
        width=240,
        persist_state="session",
    )


def _communes(db: Database, user: User) -> dict[str, str]:
    """With the district where the visitor's area has several."""
    lines = choices.below(db, user.area_code, "commune")
    return labels(lines, parents=user.level != "district")


def _gaps(db: Database, user: User, commune: str | None) -> None:
    """Hamlets nobody looks after (S0-19)."""
    gaps = rule_warnings.hamlets_without_team(db, day=today(), commune=commune)
    if not gaps:
        return
    named = ", ".join(f"{area(g['kind'], g['name'])} ({area(g['commune_kind'], g['commune_name'])})" for g in gaps[:5])
    rest = "" if len(gaps) <= 5 else " …"
    words = ngettext("{n} hamlet has no team", "{n} hamlets have no team", len(gaps)).format(n=number(len(gaps)))
    st.markdown(f":orange[:material/flag:] {words}: {named}{rest}")
    if rest and user.can("gaps.see"):
        st.page_link("gaps.py", label=_("Show all of them"), icon=":material/expand_more:")


def _nothing(user: User, filters: dict, warned: bool) -> None:
    if warned and not filters["query"]:
        st.info(_("No team has a warning."))
    elif filters["query"] or filters["hamlet"] or filters["status"] != "living":
        st.info(_("No team matches. Clear the search or choose another hamlet or status."))
    elif user.can("team.manage"):
        st.info(_("There is no team yet. Create the first one; a name is suggested from the hamlet."))
    else:
        st.info(_("There is no team here yet. The commune creates it."))


def _count(lines: list[dict], warnings: dict | None, *, cut: bool) -> None:
    if cut:
        st.caption(_("The first {n} teams are shown.").format(n=number(len(lines))))
        return
    words = ngettext("{n} team", "{n} teams", len(lines)).format(n=number(len(lines)))
    warned = sum(line["id"] in warnings for line in lines) if warnings is not None else 0
    if warned:
        words += " · " + ngettext("{n} with warnings", "{n} with warnings", warned).format(n=number(warned))
    st.caption(words + " · " + _("Click a team to open it."))


def _table(user: User, lines: list[dict], warnings: dict | None) -> None:
    shown = {
        _("Team"): [line["name"] for line in lines],
        _("Hamlet"): [area(line["hamlet_kind"], line["hamlet_name"]) for line in lines],
        _("Number of members"): [line["members"] for line in lines],
        _("Number of households"): [line["households"] for line in lines],
        _("Leader"): [line["leader"] or _("none") for line in lines],
        _("Telephone"): [phone.spaced(line["phone"]) for line in lines],
    }
    if warnings is not None:
        shown[_("Warnings")] = [len(warnings.get(line["id"], [])) or None for line in lines]
    if user.level != "commune":
        shown[_("Commune")] = [area(line["commune_kind"], line["commune_name"]) for line in lines]
    session.LISTED.set([line["id"] for line in lines])
    st.dataframe(
        shown,
        hide_index=True,
        key=_table_key().name,
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        placeholder="",
        alt=_("Teams; the same can be found by the search above."),
    )
