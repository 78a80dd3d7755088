"""Households to members: by hand, or by accepting a proposed split."""

import streamlit as st

from lib.core import clock
from lib.register import size_rules
from lib.register.assignments import assignments, proposal
from lib.screen.assignments import acts, session
from lib.screen.assignments import place as assignment_place
from lib.screen.assignments import tables as board
from lib.screen.i18n import _, ngettext, number
from lib.screen.shell.page import begin, fault, heading, today

db, user = begin(__file__)


def by_hand(place, from_day, problem):
    """Pick households, choose a member, see the loads change, give."""
    members = assignments.loads(db, day=from_day, **place.where)
    households = assignments.households_of(db, day=from_day, **place.where)
    assignment_place.check_not_empty(user, place, members, households)
    assignment_place.alarm(households, place, from_day)
    assignment_place.chosen(households, place)
    left, right = st.columns([2, 3], gap="medium")
    with right:
        listed = [h | {"nobody": h["member_name"] or "–", "remark": board.remark(h)} for h in households]
        titles = {"nobody": _("Responsible member"), "persons": _("Persons"), "remark": _("Remark")}
        picked, bar = board.pick(listed, key=f"give_{acts.turn()}", names=titles, first=place.household)
        fault(problem, "households")
    with left:
        member = board.member(members, key="member", label=_("Give to"))
        fault(problem, "member")
        moves = [(h["member_id"], member, h["persons"]) for h in households if member and h["code"] in set(picked)]
        board.loads(proposal.after(members, moves), size_rules.read(db))
    acts.offer(codes=picked, member_id=member)
    with bar:
        give_buttons(picked, next((m["full_name"] for m in members if m["id"] == member), None))


def give_buttons(picked, name):
    n = len(picked)
    words = ngettext("Give {n} household to {name}", "Give {n} households to {name}", n).format(n=number(n), name=name)
    ready = bool(picked and name)
    st.button(words if ready else _("Give households"), type="primary", key=session.GIVE.name, disabled=not ready)
    if user.can("assignment.give"):
        st.button(_("Remove the responsible member"), type="tertiary", key=session.TAKE_BACK.name, disabled=not picked)


def proposed(place, from_day, problem):
    """A split along the walk as a preview: look at the loads, change single rows, accept."""
    members = assignments.loads(db, day=from_day, **place.where)
    households = assignments.households_of(db, day=from_day, **place.where)
    assignment_place.check_not_empty(user, place, members, households)
    assignment_place.alarm(households, place, from_day)
    preview = acts.preview(db, user, place, members, from_day)
    if preview is None:
        return
    left, right = st.columns([2, 3], gap="medium")
    names = {m["id"]: m["full_name"] for m in preview.loads}
    with right:
        listed = [vars(r) | {"now": r.before_name or "–", "member_name": names[r.member_id]} for r in preview.rows]
        titles = {"member_name": _("Proposed"), "now": _("Now"), "persons": _("Persons")}
        picked, bar = board.pick(listed, key=f"adjust_{acts.turn()}", names=titles)
        fault(problem, "households")
    with left:
        board.loads(preview.loads, size_rules.read(db))
        member = board.member(preview.loads, key="other", label=_("Change the member of the ticked rows"))
        fault(problem, "member")
        st.button(_("Change the ticked rows"), key=session.ADJUST.name, disabled=not (picked and member))
    changing = sum(row.before != row.member_id for row in preview.rows)
    acts.offer(codes=picked, member_id=member, rows=preview.rows)
    words = ngettext("Apply: {n} household gets a new member", "Apply: {n} households get a new member", changing)
    with bar:
        st.button(words.format(n=number(changing)), type="primary", key=session.ACCEPT.name, disabled=not changing)


heading(
    __file__,
    help=_(
        "Choose a hamlet, tick households (or filter the list by lane and select all shown), choose a member and "
        "give them over. Example: give lane 3 to a new member from tomorrow; today's sheet stays as it is. "
        "*Propose a split* divides the walking order into even parts; nothing is saved until you apply it."
    ),
)
problem = acts.clicked(db, user, now=clock.now())
acts.flash(db, user, now=clock.now())
with st.container(horizontal=True, vertical_alignment="bottom"):
    from_day = assignment_place.effect(today())
    place = assignment_place.choose(db, user, from_day)
    ways = {"hand": _("By hand"), "propose": _("Propose a split")}
    first = "propose" if st.query_params.get("way") == "propose" else "hand"
    way = st.segmented_control(
        _("Method"), list(ways), default=first, required=True, format_func=ways.get, key=session.METHOD.name
    )
fault(problem, "from_day")
if way == "hand":
    by_hand(place, from_day, problem)
else:
    proposed(place, from_day, problem)
