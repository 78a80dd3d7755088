"""Where and from when households are given: the commune, the hamlet (or a leader's own team), the day."""

from dataclasses import dataclass, field

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register.areas import choices
from lib.register.assignments import assignments
from lib.screen.assignments import session
from lib.screen.i18n import _, area, day, ngettext, number
from lib.screen.markdown import plain
from lib.screen.widgets.place_names import labels


@dataclass(frozen=True)
class AssignmentsPlace:
    """A hamlet of the commune, or a leader's own team over all its hamlets; `household` is the one a link chose."""

    name: str
    hamlet: str | None = None
    team_id: int | None = None
    alarming: tuple[str, ...] = field(default=(), compare=False)
    household: str | None = field(default=None, compare=False)

    @property
    def where(self) -> dict:
        return {"hamlet": self.hamlet, "team_id": self.team_id}


def effect(today: str) -> str:
    """From which day the change holds: tomorrow unless today is chosen."""
    tomorrow = clock.plus(today, 1)
    names = {tomorrow: _("From tomorrow, {day}"), today: _("From today, {day}")}
    return st.segmented_control(
        _("Takes effect"),
        list(names),
        default=tomorrow,
        required=True,
        format_func=lambda chosen: names[chosen].format(day=day(chosen)),
        key=session.FROM_DAY.name,
    )


def choose(db: Database, user: User, from_day: str) -> AssignmentsPlace:
    """The place, or an empty state that says what to do first."""
    if not user.can("assignment.give"):
        return _own_team(db)
    _follow_team(db)
    household, lives = _follow_household(db)
    commune = _commune(db, user)
    listed = {h["code"]: h for h in assignments.hamlets(db, day=from_day, commune=commune)}
    if not listed:
        st.info(_("This commune has no hamlets yet. Add them first; then enter teams and households."))
        _link(user, "hamlet.edit", "hamlets.py", _("Add hamlets"))
        st.stop()
    alarming = next((i for i, h in enumerate(listed.values()) if h["unassigned"]), 0)
    first = _wanted(listed, 7, alarming)
    names = {code: area(h["kind"], h["name"]) for code, h in listed.items()}
    chosen = st.selectbox(_("Hamlet"), list(names), first, format_func=names.get, key=session.HAMLET.name, width=250)
    st.query_params["hamlet"] = chosen
    if chosen != lives:
        household = None
        forget_household()
    elsewhere = [f"{names[code]} ({number(h['unassigned'])})" for code, h in listed.items() if h["unassigned"]]
    return AssignmentsPlace(
        names[chosen], hamlet=chosen, alarming=tuple(elsewhere), household=household if chosen == lives else None
    )


def _follow_team(db: Database) -> None:
    """A link from a team's page (`?team=`) means its hamlet."""
    team = st.query_params.pop("team", "")
    hamlet = choices.hamlet_of_team(db, int(team)) if team.isdecimal() and len(team) < 10 else None
    if hamlet:
        st.query_params["hamlet"] = hamlet


def _follow_household(db: Database) -> tuple[str | None, str | None]:
    """A link to give one household (`?household=`) opens its hamlet, by hand; the household and that hamlet.

    It stays in the address until the household is given or another hamlet is chosen, so that F5 finds it again.
    """
    code = st.query_params.get("household", "")[:20]
    hamlet = choices.hamlet_of_household(db, code) if code else None
    if code and hamlet is None:
        st.info(_("There is no such household in your area; check the code."), icon=":material/search_off:")
        forget_household()
    elif code and session.FOLLOWED.get() != code:
        for key in (session.COMMUNE, session.HAMLET, session.METHOD):
            key.pop()
        st.query_params.pop("way", None)
        st.query_params["hamlet"] = hamlet
        session.FOLLOWED.set(code)
    return (code, hamlet) if hamlet else (None, None)


def forget_household() -> None:
    """The link has done its work."""
    st.query_params.pop("household", None)
    session.FOLLOWED.pop()


def _own_team(db: Database) -> AssignmentsPlace:
    team = next(iter(choices.teams(db)), None)
    if team is None:
        st.info(_("Your team is no longer active. Ask the commune."))
        st.stop()
    return AssignmentsPlace(team["name"], team_id=team["id"])


def _commune(db: Database, user: User) -> str:
    if user.level == "commune":
        return user.area_code
    communes = labels(choices.below(db, user.area_code, "commune"))
    wanted = _wanted(communes, 5)
    return st.selectbox(
        _("Commune"), list(communes), wanted, format_func=communes.get, key=session.COMMUNE.name, width=200
    )


def _wanted(codes: dict, length: int, otherwise: int = 0) -> int:
    """The place of the area that the address names (`?hamlet=`), so that links and F5 find it again."""
    wanted = st.query_params.get("hamlet", "")[:length]
    return list(codes).index(wanted) if wanted in codes else otherwise


def check_not_empty(user: User, place: AssignmentsPlace, members: list[dict], households: list[dict]) -> None:
    """Stop with the next step where there is nobody to give to, or nothing to give."""
    if not members:
        st.info(_("No team looks after {place} yet. Create a team with its members first.").format(place=place.name))
        _link(user, "team.manage", "teams.py", _("Community Covid teams"))
        st.stop()
    if not households:
        st.info(_("There are no households here yet. Once registered in walking order they can be assigned."))
        _link(user, "household.edit", "households.py", _("Households"))
        st.stop()


def _link(user: User, action: str, page: str, label: str) -> None:
    if user.can(action):
        st.page_link(page, label=label, icon=":material/arrow_forward:")


def chosen(households: list[dict], place: AssignmentsPlace) -> None:
    """Which household a link chose, and what is left to do for it."""
    for household in households:
        if household["code"] == place.household:
            sentence = _("{name} ({code}) is ticked. Choose who is responsible for this household, then give it over.")
            sentence = sentence.format(name=household["head_name"], code=household["code"])
            st.markdown(f":material/check_box: {plain(sentence)}")


def alarm(households: list[dict], place: AssignmentsPlace, from_day: str) -> None:
    """Households nobody minds are an alarm, not a default (S2-24)."""
    nobody = sum(h["member_id"] is None for h in households)
    if nobody:
        sentence = ngettext(
            "{n} household of {place} has no responsible member on {day}.",
            "{n} households of {place} have no responsible member on {day}.",
            nobody,
        ).format(n=number(nobody), place=place.name, day=day(from_day))
        rule = _("Every household needs a responsible member; choose one below.")
        st.warning(f"{sentence} {rule}", icon=":material/person_off:")
    elif place.alarming:
        st.warning(
            _("Households elsewhere without a responsible member: {hamlets}.").format(
                hamlets="; ".join(place.alarming)
            ),
            icon=":material/person_off:",
        )
