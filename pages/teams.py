import streamlit as st

from lib.screen.i18n import _
from lib.screen.shell.page import begin, heading
from lib.screen.teams import card, listing, session
from lib.screen.teams import form as team_form

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "A team is 3–4 people who look after 20–30 households. Example: create “Tổ Covid cộng đồng số 03 – ấp "
        "Phước Đức” for the hamlet Phước Đức, add the head of the hamlet as leader, then two members, and give "
        "them their households under “Assignments”. An orange flag marks a rule not met yet; it blocks nothing."
    ),
)


def asked_for(own: int | None) -> str | None:
    """`new`, a team's number, or nothing for the list; a click goes before the address."""
    if session.ALL_TEAMS.get():
        st.query_params.pop("team", None)
    elif session.CREATE.get():
        session.FOUNDED.pop()
        st.query_params["team"] = "new"
    elif founded := team_form.just_founded():
        st.query_params["team"] = str(founded)
    elif picked := listing.chosen():
        st.query_params["team"] = str(picked)
    return st.query_params.get("team") or (str(own) if own else None)


@st.fragment
def work() -> None:
    """List, card and forms; a keystroke in the search reruns this part only."""
    db, user = begin(__file__)
    manages = user.can("team.manage")
    form = team_form.found_if_sent(db, user) if manages else None
    wanted = asked_for(user.team_id)
    if wanted and not user.team_id:
        st.button(_("All teams"), key=session.ALL_TEAMS.name, icon=":material/arrow_back:", type="tertiary")
    if wanted == "new" and manages:
        team_form.founding(db, user, form)
    elif wanted:
        card.show(db, user, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0)
    else:
        if manages:
            st.button(_("Create a team"), key=session.CREATE.name, icon=":material/group_add:", type="primary")
        listing.show(db, user)


work()
