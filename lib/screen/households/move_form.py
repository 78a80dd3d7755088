"""A household moves to another hamlet or commune: where to and from when; and what it was before."""

from collections.abc import Mapping

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.core.errors import Problem
from lib.register.households import relocation, relocation_choices
from lib.screen.history import undo_list
from lib.screen.i18n import _, area, day, ngettext, number
from lib.screen.labels import OUTCOMES
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, fault
from lib.screen.teams import reorganise_effect as effect
from lib.screen.widgets import forms, more

KIND = "household.move"
_FIRST = 30


def _key(code: str) -> str:
    return forms.prefix(f"move_{code}")


def save(db: Database, user: User, code: str) -> Problem | None:
    """Handle a click on "Move the household"."""
    undo_list.save(db, user)
    fields = forms.values(_key(code))
    if not fields.get("go"):
        return None
    values = _values(fields)
    new, problem = attempt(relocation.move, db, user, code, values, now=clock.now())
    if problem is None:
        forms.next_round(f"move_{code}")
        sentence = _("Moved: from {day} its code is {code}; no member is assigned yet.")
        st.success(
            sentence.format(code=new, day=day(values["from_day"]) or values["from_day"]), icon=":material/check:"
        )
    return problem


def draw(db: Database, user: User, household: dict, problem: Problem | None) -> None:
    """The form, and what can still be taken back; a household that moved says where it is."""
    if not tell_departure(db, household):
        key = _key(household["code"])
        st.caption(
            _(
                "For a household that now lives elsewhere. Past days stay with the old hamlet; the household's "
                "history is kept."
            )
        )
        _ask_place(db, household, key, problem)
        effect.ask_day(key)
        fault(problem, "from_day")
        st.text_input(_("Reason"), key=f"{key}reason", placeholder="", autocomplete="off")
        fault(problem, "reason")
        nowhere = not _values(forms.values(key))["hamlet_code"]
        st.button(_("Move the household"), key=f"{key}go", type="primary", disabled=nowhere)
    undo_list.draw(db, user, kind=KIND)


def _values(fields: Mapping) -> dict:
    """What the fields say, as a move asks for it; a hamlet counts with its commune only."""
    return {
        "hamlet_code": fields.get(f"hamlet{fields.get('commune')}"),
        "lane": fields.get("lane"),
        "house_number": fields.get("house"),
        "from_day": effect.chosen_day(fields),
        "reason": fields.get("reason"),
    }


def _ask_place(db: Database, household: dict, key: str, problem: Problem | None) -> None:
    own = household["commune_code"]
    communes = relocation_choices.communes(db, own)
    names = {line["code"]: f"{area(line['kind'], line['name'])}, {line['parent']}" for line in communes}
    commune = st.selectbox(
        _("Commune"), list(names), list(names).index(own), format_func=names.get, key=f"{key}commune"
    )
    hamlets = {
        line["code"]: area(line["kind"], line["name"])
        for line in relocation_choices.destinations(db, commune)
        if line["code"] != household["hamlet_code"]
    }
    st.selectbox(
        _("Hamlet"), list(hamlets), None, format_func=hamlets.get, key=f"{key}hamlet{commune}", placeholder=_("Choose")
    )
    fault(problem, "hamlet_code")
    with st.container(horizontal=True):
        st.text_input(_("Lane"), key=f"{key}lane", placeholder="", autocomplete="off", width=240)
        st.text_input(_("House number or landmark"), key=f"{key}house", placeholder="", autocomplete="off", width=320)


def tell_departure(db: Database, household: dict) -> bool:
    """Say where the household moved or is to move; whether it does."""
    departure = relocation_choices.departures(db, [household["code"]], day=household["from_day"]).get(household["code"])
    if not departure:
        return False
    place = _place(departure)
    sentence = _("Moves to {place} from {day}, with the code {code}.")
    st.info(
        plain(sentence.format(place=place, day=day(departure["from_day"]), code=departure["new_code"])),
        icon=":material/moving:",
    )
    return True


def _place(line: dict) -> str:
    return ", ".join(area(line[f"{unit}_kind"], line[f"{unit}_name"]) for unit in ("hamlet", "commune"))


def before(db: Database, household: dict) -> None:
    """What this household was before it moved here or was merged, with the visits entered for it."""
    for was in relocation_choices.before(db, household["id"]):
        place = _place(was)
        words = _("Until {day}: {code}, {place}") if was["status"] == "moved" else _("Merged on {day}: {code}, {place}")
        visits = relocation_choices.visits_before(db, household["id"], was["id"])
        with st.expander(words.format(day=day(was["until_day"]), code=was["code"], place=place)):
            n = len(visits)
            st.caption(ngettext("{n} day with an entry", "{n} days with an entry", n).format(n=number(n)))
            shown = visits[: more.so_many(f"before_{was['id']}", _FIRST)]
            st.markdown("\n".join(f"- {day(v['day'])}: {_(OUTCOMES[v['outcome']])}" for v in shown))
            more.offer(f"before_{was['id']}", n - len(shown))
