"""Drawing of a team's members: the table, the form to add or change one, and leaving (§6.2 of the forms)."""

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.words import phone
from lib.register.teams import members
from lib.screen.i18n import N_, _, day, ngettext, number
from lib.screen.labels import AVAILABILITY, CATEGORIES, MEMBER_ROLES, ORGANISATIONS, POSITIONS, SEXES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.teams import session
from lib.screen.teams.form import to_assignments
from lib.screen.widgets import draft

NEW = "new"


def save_if_sent(db: Database, user: User, team_id: int) -> draft.Draft:
    """Add, change or let go the member of a form sent in this run; the form, with its faults."""
    chosen = _chosen(team_id)
    form, end = _forms(team_id, chosen)
    if form.sent():
        if chosen == NEW:
            _done, problem = attempt(members.add, db, user, team_id, form.values(), now=clock.now())
        else:
            changed = form.changed()
            _done, problem = attempt(members.edit, db, user, chosen, changed, form.version(), now=clock.now())
        if form.ended(problem):
            end.ended(None)  # its version is that of before
            st.success(_("Saved."), icon=":material/check:")
    if end.sent():
        _done, problem = attempt(members.leave, db, user, chosen, end.values(), end.version(), now=clock.now())
        form.problem = problem
        if end.ended(problem):
            st.success(_("Saved. The person's past entries stay."), icon=":material/check:")
    return form


def people(lines: list[dict]) -> None:
    """Who is in the team, the leader first, two lines each; the identity number shows its last three digits."""
    for line in lines:
        first = [
            f"**{plain(line['full_name'])}**",
            _post(line),
            phone.spaced(line["phone"]) or _("no telephone number"),
            ngettext("{n} household", "{n} households", line["households"]).format(n=number(line["households"])),
        ]
        born = _("born {year}").format(year=line["birth_year"]) if line["birth_year"] else ""
        second = [_present(line), _belongs(line), born, _identity(line)]
        st.markdown(f"{' · '.join(first)}  \n:small[{' · '.join(filter(None, second))}]")


def _identity(line: dict) -> str:
    if not line["id_number"]:
        return ""
    return _("identity number {number}").format(number=line["id_number"].replace("*", "•"))


def _post(line: dict) -> str:
    post = line["position_words"] or _(POSITIONS.get(line["position"], ""))
    return ", ".join(filter(None, (_(MEMBER_ROLES[line["role"]]), plain(post))))


def _belongs(line: dict) -> str:
    words = [CATEGORIES[code] for code in line["categories"]]
    if line["organisation"]:
        words.append(ORGANISATIONS[line["organisation"]])
    return ", ".join(_(word) for word in words)


def _present(line: dict) -> str:
    if line["until_day"]:
        return _("{first} to {last}").format(first=day(line["from_day"]), last=day(line["until_day"]))
    return _("{state}, since {day}").format(state=_(AVAILABILITY[line["availability"]]), day=day(line["from_day"]))


def panel(team_id: int, lines: list[dict], form: draft.Draft) -> None:
    """Choose a member, or a new one, and edit below."""
    names = {NEW: N_("A new member")} | {line["id"]: line["full_name"] for line in lines}
    chosen = st.pills(
        _("Add or change"), list(names), format_func=lambda who: _(names[who]), key=session.MEMBER.at(team_id).name
    )
    if chosen is None:
        return
    line = next((line for line in lines if line["id"] == chosen), {"role": "member", "availability": "available"})
    drawn, end = _forms(team_id, chosen)
    drawn.problem = end.problem = form.problem if form.name == drawn.name else None
    drawn.opened(line)
    with st.form(drawn.name):
        _fields(drawn, line)
        drawn.save(_("Add the member") if chosen == NEW else _("Save"))
    if chosen != NEW:
        with st.expander(_("{name} leaves the team").format(name=plain(line["full_name"]))):
            _leaving(team_id, line, end)


def _chosen(team_id: int) -> int | str | None:
    return session.MEMBER.at(team_id).get()


def _forms(team_id: int, chosen: int | str | None) -> tuple[draft.Draft, draft.Draft]:
    return draft.Draft(f"member_{team_id}_{chosen}"), draft.Draft(f"leave_{team_id}_{chosen}")


def _fields(form: draft.Draft, line: dict) -> None:
    id_number = line.get("id_number")
    form.stored = {**form.stored, "id_number": None}
    form.switch(_("Role"), "role", MEMBER_ROLES)
    form.flag(
        _("In place of the current leader"),
        "replace_leader",
        help=_("The current leader stays in the team as a member."),
    )
    left, right = st.columns(2)
    with left:
        form.text(_("Full name"), "full_name")
        form.text(_("Telephone"), "phone", placeholder="0912 345 678")
        form.choice(_("Post"), "position", POSITIONS)
        form.text(_("Other post (specify)"), "position_words", placeholder="Chi hội trưởng Hội Phụ nữ")
        form.day(_("Member from"), "from_day", help=_("If left empty: the day the team was created."))
        form.text(
            _("Identity number"),
            "id_number",
            placeholder=id_number or _("9 or 12 digits"),
            help=_("Only the last three digits are shown. If left empty, the stored number is kept."),
        )
    with right:
        form.text(_("Year of birth"), "birth_year", placeholder="1980")
        form.choice(_("Sex"), "sex", SEXES)
        form.choice(_("Organisation"), "organisation", ORGANISATIONS)
        form.choice(_("Availability"), "availability", AVAILABILITY)
    form.choices(_("Categories"), "categories", CATEGORIES)


def _leaving(team_id: int, line: dict, end: draft.Draft) -> None:
    end.opened({"until_day": today(), "version": line["version"]})
    if line["households"]:
        st.caption(
            _("{name} looks after {n} households; give them to others first.").format(
                name=plain(line["full_name"]), n=number(line["households"])
            )
        )
        to_assignments(team_id)
    with st.form(end.name, border=False):
        end.day(_("No longer a member from"), "until_day")
        end.text(_("Reason"), "reason", placeholder=_("Required for a past day"))
        end.save(_("Leaves the team"), primary=False)
