"""Issue, switch off and re-issue the accounts of the level below."""

import streamlit as st

from lib.core import clock
from lib.core.access import MANAGES
from lib.core.identity import accounts
from lib.screen.admin import account_form
from lib.screen.i18n import _, area, day
from lib.screen.labels import ROLES
from lib.screen.shell.page import attempt, begin, heading, today

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Example: the clerk of Phường 1 gets the user name **tn.phuong1**. Hand over the issued password on "
        "paper; it works only once, then the person chooses their own."
    ),
)

listed = accounts.listed(db, today())
shown, create = st.tabs([_("Accounts"), _("New account")])

with create:
    roles = MANAGES[user.role]
    account_form.new_account(db, user, roles)

with shown:
    if not listed:
        st.info(_("No account of the level below yet. Issue the first one under “New account”."))
    wanted = st.text_input(
        _("Find an account"), key="account_query", placeholder=_("Name, user name or area"), live=True, type="search"
    )
    matches = account_form.matching(listed, wanted)
    table = st.dataframe(
        [
            {
                _("User name"): line["username"],
                _("Full name"): line["full_name"],
                _("Role"): _(ROLES[line["role"]]),
                _("Area"): line["team_name"] or area(line["area_kind"], line["area_name"]),
                _("Since"): day(line["from_day"]),
                _("State"): account_form.state(line),
            }
            for line in matches
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=account_form.table_key(matches),
    )
    chosen = table.selection.rows if listed else []
    if chosen and chosen[0] < len(matches):
        account_form.manage(db, user, matches[chosen[0]])
    elif matches:
        st.caption(_("Choose a row to switch the account off or to issue a new password."))

if user.can("account.unlock"):
    with st.form("unlock", border=True, clear_on_submit=True):
        name = st.text_input(_("Unlock sign-in: user name"), placeholder="")
        if st.form_submit_button(_("Unlock")) and name:
            attempt(accounts.unlock, db, user, name, now=clock.now())
            st.success(_("{name} may sign in again.").format(name=name))
