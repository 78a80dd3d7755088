"""Which team, which day, and whether the visitor may enter it: the choices above the sheet.

They stand in the address (`?team=3&day=2021-08-15`), so that a sheet can be sent as a link.
"""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import NotFound
from lib.core.words import dates
from lib.field.visits import entry_days, visits
from lib.register.areas import choices
from lib.screen import i18n
from lib.screen.i18n import _
from lib.screen.markdown import plain
from lib.screen.sheet import session
from lib.screen.shell.page import attempt, fault, today, went_back

ANOTHER = "other"  # the choice of a day that is typed
_LONGEST = 40  # characters of a day, however it is typed


def follow_link(db: Database) -> None:
    """The team of the address, when the page is opened with one; of a stranger's team nothing is shown.

    Called in runs of the whole page only: while the sheet works, the address follows the choice. On a slow line
    it lags behind, and an address seen before asks for nothing, unless the visitor went back to it.
    """
    if not session.DAY.exists():  # a new visit
        session.SEEN_TEAMS.set(set())
        if _is_lost():
            session.SHOWN_TEAM.pop()  # the link that was not found is history
    number, seen = st.query_params.get("team"), session.SEEN_TEAMS.default(set())
    lags = number in seen and not went_back()
    seen.add(number)
    if number and number != str(session.SHOWN_TEAM.get()) and not lags:
        try:
            team = visits.team(db, int(number) if number.isdecimal() and len(number) < 12 else 0)
            session.SHOWN_TEAM.set(team["id"])
            session.COMMUNE.set(team["commune_code"])
        except NotFound:
            session.SHOWN_TEAM.set(None)
            st.query_params.pop("team")


def _is_lost() -> bool:
    """Whether the team of the address was not found."""
    return session.SHOWN_TEAM.exists() and session.SHOWN_TEAM.get() is None


def turn_to(team: int | None) -> None:
    """Show another team in this run; called before the choice is drawn."""
    if team is not None:
        session.SHOWN_TEAM.set(team)


def show(team: int, commune: str, on: str) -> None:
    """Show another team's sheet of some day; called before the choices are drawn."""
    session.SHOWN_TEAM.set(team)
    session.COMMUNE.set(commune)
    session.SHOWN_DAY.set(on)
    st.query_params["team"] = str(team)


def _picked() -> None:
    turn_to(session.TEAM.get())


def _address(name: str, value: str | None) -> None:
    """Write the choice into the address where it differs."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def day() -> str | None:
    """Today unless asked otherwise; None while what was typed is no day that can have visits.

    The day is kept, not the word: typing past midnight goes on where it began. A wrong day of the address stands in
    the field with what is wrong with it.
    """
    now, before = today(), clock.plus(today(), -1)
    if not session.DAY.exists():
        text = st.query_params.get("day", "")[:_LONGEST]
        wished, fault = dates.read(text, today=now, last=now)
        session.SHOWN_DAY.set(ANOTHER if fault else wished or now)
        session.OTHER_DAY.default(text if fault else "")
    if session.SHOWN_DAY.get() not in (now, before, ANOTHER):
        session.OTHER_DAY.set(i18n.day(session.SHOWN_DAY.get()))
        session.SHOWN_DAY.set(ANOTHER)
    session.DAY.set(session.SHOWN_DAY.get())
    names = {now: _("Today"), before: _("Yesterday"), ANOTHER: _("Another day")}
    st.segmented_control(
        _("Day"), list(names), format_func=names.get, key=session.DAY.name, required=True, on_change=_picked_day
    )
    shown = _other_day() if session.SHOWN_DAY.get() == ANOTHER else session.SHOWN_DAY.get()
    if shown == now:
        session.BEGUN.set(now)
    if shown:
        _address("day", shown if shown != now else None)
    return shown


def _picked_day() -> None:
    session.SHOWN_DAY.set(session.DAY.get())


def _turn_to_today() -> None:
    session.SHOWN_DAY.set(today())


def _went_on(on: str) -> bool:
    """Whether this sheet was opened while its day was today, and midnight has passed since."""
    return on == session.BEGUN.get() == clock.plus(today(), -1)


def new_day(on: str) -> None:
    """Past midnight, calmly: which day this still is, and the way to the new one."""
    if _went_on(on):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(_("A new day has begun. This is still the sheet of {day}.").format(day=i18n.day(on)))
            name = _("Go to the sheet of {day}").format(day=i18n.day(today()))
            st.button(name, key="sheet_new_day", on_click=_turn_to_today)


def _other_day() -> str | None:
    text = st.text_input(
        _("Which day"),
        key=session.OTHER_DAY.name,
        placeholder=_("dd/mm/yyyy"),
        width=140,
        max_chars=_LONGEST,
        on_change=_typed_day,
    )
    found, fault = dates.read(text, today=today(), last=today())
    if fault:
        st.markdown(f":orange[:material/error: {i18n.say(fault)}]")
    elif found is None:
        st.markdown(f":gray[{_(dates.FAULTS['unread'])}]")
    return found


def _typed_day() -> None:
    """What was typed is shown as the day it stands for: "-2" is another one after midnight."""
    if typed := dates.read(session.OTHER_DAY.get(), today=today(), last=today()).day:
        session.OTHER_DAY.set(i18n.day(typed))


def team(db: Database, user: User, on: str) -> tuple[int | None, list[dict]]:
    """The team to show and the teams to go through. An own team is fixed; a strange one is not found.

    A team that does not work on the day stays chosen: it is there again when the day is put right.
    """
    commune = _commune(db, user)
    teams = {team["id"]: team for team in visits.teams_of_day(db, on, commune)}
    if _is_lost():
        st.info(_("There is no such team in your area; choose another."), icon=":material/search_off:")
    if user.team_id:
        turn_to(user.team_id)
        st.markdown(f"**{plain(teams[user.team_id]['name'])}**" if user.team_id in teams else "")
        return user.team_id, []
    if not _is_lost() and session.SHOWN_TEAM.get() not in teams and not _rests(db, commune):
        unfinished = visits.next_team(list(teams.values()), None)
        session.SHOWN_TEAM.set(unfinished["id"] if unfinished else next(iter(teams), 0))
    shown = session.SHOWN_TEAM.get()
    session.TEAM.set(shown if shown in teams else None)
    st.selectbox(
        _("Team"),
        list(teams),
        format_func=lambda team: _named(teams[team]),
        key=session.TEAM.name,
        index=0 if shown in teams else None,
        on_change=_picked,
        placeholder=_("Choose a team"),
        width=420,
    )
    _address("team", str(shown) if shown else None)
    session.SEEN_TEAMS.default(set()).add(str(shown))
    return shown or None, list(teams.values())


def _rests(db: Database, commune: str | None) -> bool:
    """Whether the team chosen is one of the visitor's, only not at work on this day."""
    try:
        return commune in (None, visits.team(db, session.SHOWN_TEAM.get() or 0)["commune_code"])
    except NotFound:
        return False


def _named(team: dict) -> str:
    name = f"{team['name']} · {i18n.area(team['hamlet_kind'], team['hamlet_name'])}"
    if team["left"] is None:
        return name
    return _("{name} · {left} of {due} left").format(name=name, left=team["left"], due=team["due"])


def _commune(db: Database, user: User) -> str | None:
    """Whoever looks at a whole district or province chooses a commune first."""
    if user.level not in ("district", "province"):
        return None
    communes = {place["code"]: place for place in choices.below(db, user.area_code, "commune")}
    return st.selectbox(
        _("Commune"),
        list(communes),
        format_func=lambda code: _full_name(communes[code]),
        key=session.COMMUNE.name,
        placeholder=_("Choose a commune"),
        width=320,
    )


def _full_name(place: dict) -> str:
    return f"{i18n.area(place['kind'], place['name'])} · {i18n.area(place['parent_kind'], place['parent_name'])}"


def permission(user: User, team: int, on: str) -> tuple[bool, str | None]:
    """Whether this team's day may be entered now, and the reason given for an older one.

    Another day than today is entered by a consent of its own for each team: nobody goes on into a wrong day.
    """
    if not user.can("visit.enter"):
        st.caption(_("Read-only: visits are entered by the team itself and by the commune's staff."))
        return False, None
    if on == today():
        return True, None
    if _went_on(on):
        return True, None
    if on == clock.plus(today(), -1):
        return _sure(team, on), None
    if not user.can("visit.enter_older"):
        st.caption(_("Read-only: days before yesterday are entered by commune staff, with a reason."))
        return False, None
    reason = _reason(team, on)
    if not reason:
        st.caption(_("The sheet opens for entry as soon as you give a reason."))
        return False, None
    accepted, problem = attempt(entry_days.check, user, on, now=clock.now(), reason=reason)
    fault(problem, "reason")
    return problem is None, accepted


def _sure(team: int, on: str) -> bool:
    """The tick for yesterday; it stands when the visitor comes back to this team."""
    sure = _("Enter visits of yesterday, {day}").format(day=i18n.day(on))
    consents = session.CONSENTS.at("sure").default({})
    key = session.CONFIRMED.at(team, on).name
    consents[team, on] = st.checkbox(sure, consents.get((team, on), False), key=key)
    return consents[team, on]


def _reason(team: int, on: str) -> str:
    """Why so late; the reason given for another team is offered, not taken over."""
    field, reasons = session.REASON.at(team, on), session.CONSENTS.at("reason").default({})
    field.default(reasons.get((team, on), ""))
    limit, example = entry_days.REASON_LIMIT, _("The paper list arrived today")
    reason = st.text_input(_("Reason for late entry"), key=field.name, max_chars=limit, placeholder=example)
    others = [said for (_team, day), said in reasons.items() if day == on and said]
    if not reason and others:
        name = _("Same reason: {reason}").format(reason=plain(others[-1]))
        st.button(name, key="sheet_same_reason", on_click=field.set, args=(others[-1],))
    reasons[team, on] = reason
    return reason
