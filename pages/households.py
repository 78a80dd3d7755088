import streamlit as st

from lib.register.households import households
from lib.screen.households import card, listing, merge_form, move_form, persons, session, status
from lib.screen.households import form as household_form
from lib.screen.i18n import _
from lib.screen.shell.page import attempt, begin, heading, today

db, user = begin(__file__)
MERGES = {"merge": "household", "merge_persons": "person"}  # what the address may ask for
heading(
    __file__,
    help=_(
        "Type part of a name without accents: *duc nguyen* finds Nguyễn Văn Đức and everyone of that name who "
        "lives in a household. A code, a telephone number, a lane or a house number works as well. Open a "
        "household to see its visits, correct it, or record that it is away."
    ),
)


def register() -> str | None:
    """The empty form; the new household's code once it is saved."""
    code = household_form.register(db, user)
    if code:
        st.query_params.from_dict({"household": code})
        st.success(_("Registered as {code}. Give it to a team member next.").format(code=code), icon=":material/check:")
    return code


def household(code: str, tab: str | None = None) -> None:
    """One household; what was sent is handled before anything of it is drawn."""
    # What is told stands in a place of its own, or the tabs below it would move and forget which one is open.
    with st.container():
        form, fault = household_form.save(db, user, code)
        order_fault = card.save_order(db, user, code)
        status_fault = status.save(db, user, code)
        move_fault = move_form.save(db, user, code) if user.can("household.register") else None
        stored, missing = attempt(households.get, db, code, day=today())
        if missing:
            return
        person_fault = persons.save(db, user, stored)
        stored = households.get(db, code, day=today())
        card.head(stored)
    titles = [_("Overview"), _("Persons"), _("Status")]
    titles += [_("Correct")] if user.can("household.edit") else []
    titles += [_("Order"), _("Move")] if user.can("household.register") else []
    if tab == "move" and _("Move") in titles:
        session.TAB.at(code).set(_("Move"))
    # With a run for each change of tab, or a link could not open one of them.
    tabs = dict(zip(titles, st.tabs(titles, key=session.TAB.at(code).name, on_change="rerun"), strict=True))
    with tabs[_("Overview")]:
        card.overview(db, user, stored)
        move_form.before(db, stored)
    with tabs[_("Persons")]:
        persons.draw(db, user, stored, person_fault)
    with tabs[_("Status")]:
        status.draw(db, user, stored, status_fault)
    if _("Correct") in tabs:
        with tabs[_("Correct")]:
            household_form.edit(user, stored, form, fault)
    if _("Order") in tabs:
        with tabs[_("Order")]:
            card.order(stored, order_fault)
        with tabs[_("Move")]:
            move_form.draw(db, user, stored, move_fault)


def merge(kind: str, pair: str) -> None:
    """Two entries that are one, side by side."""
    one, _comma, other = pair.partition(",")
    merge_form.draw(db, user, kind, one, other)


@st.fragment
def search() -> None:
    db, user = begin(__file__)
    listing.search(db, user)


# A link inside a page leaves the browser's address alone; setting it here keeps F5, "back" and copied addresses true.
if "new" in st.query_params and user.can("household.register"):
    st.query_params.from_dict({"new": "1"})
    listing.link(_("Back to the search"), icon=":material/arrow_back:")
    new = register()
    if new:
        household(new)
elif asked := next((name for name in MERGES if name in st.query_params), None):
    st.query_params.from_dict({asked: st.query_params[asked]})
    listing.link(_("Back to the search"), icon=":material/arrow_back:")
    merge(MERGES[asked], st.query_params[asked])
elif "household" in st.query_params:
    tab = st.query_params.get("tab")
    st.query_params.from_dict({"household": st.query_params["household"]})
    listing.link(_("Back to the search"), icon=":material/arrow_back:")
    household(st.query_params["household"], tab)
else:
    listing.follow_link()
    st.query_params.clear()
    if user.can("household.register"):
        listing.link(_("Register household"), icon=":material/add_home:", new="1")
    search()
