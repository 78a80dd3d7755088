import streamlit as st

from lib.core import clock, rollup
from lib.field.visits import entry_days, visits
from lib.screen import i18n, sheet
from lib.screen.households import departures
from lib.screen.i18n import _
from lib.screen.sheet import channel, choice, print_sheet, printed
from lib.screen.shell.page import attempt, begin, heading, today

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Go down the list with the keyboard: 1 met, 2 by phone, 3 absent, 4 refused, 5 whole household in "
        "central quarantine, 0 clears. Example: of 24 households one was absent and the others were well: go to "
        "that row, press 3, then press A and confirm once. Every row is saved automatically; without a "
        "connection it waits in this browser."
    ),
)


def keep(db, user):
    """Save what the sheet sent, before anything is drawn; each row gets its answer."""
    batch = sheet.sent(user)
    if batch is None:
        return None
    choice.turn_to(batch.shown if batch.go is None else batch.go)
    saved, problem = {}, None
    if batch.rows:
        saved, problem = attempt(
            visits.record,
            db,
            user,
            visits.Submission(batch.team, batch.day, batch.rows, batch.reason, batch.undo),
            now=clock.now(),
        )
    return sheet.answer(batch, saved, problem)


@st.fragment
def desk() -> None:
    """Choices and sheet in one fragment: an answer, another team or day is one run of this part only."""
    db, user = begin(__file__)
    receipt = keep(db, user)
    above = st.container(horizontal=True, vertical_alignment="bottom")
    with above:
        day = choice.day()
        team_id, teams = choice.team(db, user, day or today())
    if day is None or team_id is None:
        if day and not teams:
            st.info(_("No team is active here on this day. Teams are created under “Community Covid teams”."))
        return
    team = visits.open_sheet(db, user, team_id, day, now=clock.now())
    choice.new_day(day)
    if team["from_day"] > day:
        st.info(_("This team is active from {day} on. Choose a later day.").format(day=i18n.day(team["from_day"])))
        return
    editable, reason = choice.permission(user, team_id, day)
    if not editable and not rollup.is_open(db, day):
        st.info(_("There are no figures for {day}.").format(day=i18n.day(day)))
        return
    departures.draw(db, team_id, day)
    lines = visits.sheet(db, team_id, day, user)
    if not lines:
        st.info(_("This team has no households on this day. Give households to its members under “Assignments”."))
        return
    with above:
        print_sheet.draw_popover(db, user, team, day, teams)
        copying = editable and channel.is_paper()
    code = printed.ask(db, user, team, day, lines) if copying else None
    tell_if_late(db, day)
    may = editable and (not copying or code is not None)
    last = visits.numbers_given(db, team_id, day, lines)
    sheet.show(user, sheet.TeamSheet(team, day, lines, teams, last, may, reason, copying, code or None), receipt)


def tell_if_late(db, day):
    if entry_days.is_late(db, day, now=clock.now()):
        late = _("Past the cut-off of {hour}: late entries change only the final figure.")
        st.caption(late.format(hour=clock.DISTRICT_CUTOFF))


choice.follow_link(db)
desk()
# Runs the whole page: to see what others entered, and for the sheet itself after a restart of the server.
st.button(_("Refresh"), key="sheet_refresh", icon=":material/refresh:", type="tertiary")
