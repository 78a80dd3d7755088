"""Drawing of a team's own fields: founding, editing, dissolving (§6.1 of the forms)."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.register.areas import choices, hamlets
from lib.register.teams import teams
from lib.screen.i18n import _, area
from lib.screen.labels import EQUIPMENT, TEAM_MODELS, TEAM_STATUS
from lib.screen.shell.page import attempt, fault, today
from lib.screen.teams import session
from lib.screen.widgets import draft
from lib.screen.widgets.place_names import labels

STATUS = {code: TEAM_STATUS[code] for code in ("active", "reconstituting")}


def found_if_sent(db: Database, user: User) -> draft.Draft:
    """Found the team of a form sent in this run; `just_founded` opens it."""
    form = draft.Draft("found")
    if form.sent():
        typed = form.values() | {"hamlet_code": session.HAMLET.get()}
        team_id, problem = attempt(teams.found, db, user, typed, now=clock.now())
        if form.ended(problem):
            session.FOUNDED.set(team_id)
    return form


def just_founded() -> int | None:
    """The team founded a moment ago, while the address still asks for the form: so for the second of two clicks."""
    if st.query_params.get("team") != "new":
        session.FOUNDED.pop()
    elif team_id := session.FOUNDED.get():
        st.success(_("The team has been created. Add its members next."), icon=":material/check:")
        return team_id
    return None


def edit_if_sent(db: Database, user: User, team_id: int) -> draft.Draft:
    """Save or dissolve the team of a form sent in this run."""
    form = draft.Draft(f"team{team_id}")
    end = draft.Draft(f"dissolve{team_id}")
    if form.sent():
        changed = form.changed()
        _done, problem = attempt(teams.edit, db, user, team_id, changed, form.version(), now=clock.now())
        if form.ended(problem):
            end.ended(None)  # its version is that of before
            st.success(_("Saved."), icon=":material/check:")
    if end.sent():
        _done, problem = attempt(teams.dissolve, db, user, team_id, end.values(), end.version(), now=clock.now())
        if end.ended(problem):
            st.success(_("The team has been dissolved."), icon=":material/check:")
        form.problem = form.problem or problem
    return form


def founding(db: Database, user: User, form: draft.Draft) -> None:
    """The form of a new team; the hamlet stands above it because it proposes the name."""
    st.subheader(_("Create a team"), anchor=False)
    commune = _commune(db, user)
    if commune is None:
        return
    names = {line["code"]: area(line["kind"], line["name"]) for line in choices.below(db, commune, "hamlet")}
    if not names:
        st.info(_("The commune has no hamlets yet; the commune's staff add them under “Hamlets” first."))
        return
    hamlet = st.selectbox(_("Hamlet"), list(names), format_func=names.get, key=session.HAMLET.name)
    fault(form.problem, "hamlet_code")
    name, _problem = attempt(teams.proposed_name, db, hamlet)
    form.opened({"model": "hamlet", "status": "active", "from_day": today()})
    with st.form("found"):
        form.text(_("Name"), "name", placeholder=name or "", help=_("Leave it empty to use the name proposed in grey."))
        _decision(form)
        with st.expander(_("Further details"), expanded=form.problem is not None):
            _details(form, {code: label for code, label in names.items() if code != hamlet})
        form.save(_("Create team"))


def editing(db: Database, user: User, team: dict, form: draft.Draft) -> None:
    """The form of an existing team, and its end."""
    names = {
        line["code"]: area(line["kind"], line["name"])
        for line in hamlets.listed(db, day=today(), commune=team["commune_code"])
    }
    form.opened(team)
    with st.form(f"team{team['id']}"):
        form.text(_("Name"), "name")
        form.choice(_("Hamlet"), "hamlet_code", names)
        _decision(form)
        _details(form, names)
        form.save(_("Save"))
    with st.expander(_("Dissolve the team")):
        _ending(team, form)


def to_assignments(team_id: int) -> None:
    st.page_link(
        "assignments.py",
        label=_("Give households to others"),
        icon=":material/assignment_ind:",
        query_params={"team": str(team_id)},
    )


def _commune(db: Database, user: User) -> str | None:
    """The commune a team is founded in: the visitor's own, or one chosen."""
    if user.level == "commune":
        return user.area_code
    names = labels(choices.below(db, user.area_code, "commune"))
    return st.selectbox(
        _("Commune"),
        list(names),
        index=None,
        format_func=names.get,
        key="found_commune",
        placeholder=_("Choose the commune"),
    )


def _decision(form: draft.Draft) -> None:
    form.switch(_("Model"), "model", TEAM_MODELS)
    left, right = st.columns(2)
    with left:
        form.day(_("Active from"), "from_day")
        form.text(_("Number of the decision"), "decision_no", placeholder="12/QĐ-UBND")
        form.day(_("Date of the decision"), "decision_day")
    with right:
        form.text(_("Issued by"), "decision_issuer", placeholder=_("People's Committee of the commune"))
        form.text(_("Signed by"), "decision_signer")


def _details(form: draft.Draft, further: dict[str, str]) -> None:
    form.switch(_("Status"), "status", STATUS)
    left, right = st.columns(2)
    with left:
        form.text(_("Telephone of the team"), "phone", placeholder="0912 345 678")
        form.text(_("Self-managed groups covered"), "group_name")
    with right:
        form.day(_("Trained on"), "training_day")
        if further:
            form.several(_("Further hamlets"), "hamlets", further)
        form.flag(_("Pilot team"), "is_pilot")
    form.choices(_("Equipment issued"), "equipment", EQUIPMENT)
    form.text(_("Note"), "note")


def _ending(team: dict, form: draft.Draft) -> None:
    end = draft.Draft(f"dissolve{team['id']}")
    end.problem = form.problem
    end.opened({"until_day": today(), "version": team["version"]})
    st.caption(_("Only for a team without households. If it has households, “Reorganise” moves them in the same step."))
    to_assignments(team["id"])
    with st.form(f"dissolve{team['id']}", border=False):
        end.day(_("Inactive from"), "until_day")
        end.text(_("Reason"), "reason", placeholder=_("Required for a past day"))
        end.save(_("Dissolve the team"), primary=False)
