"""What a reorganisation would mean, drawn before it is done: days, loads before and after, rules not met."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from lib.core import clock
from lib.core.errors import Say
from lib.register.assignments.proposal import ProposedRow
from lib.screen.i18n import _, day, ngettext, number, say
from lib.screen.markdown import plain
from lib.screen.shell.page import today

OTHER_DAY = "other"


def ask_day(key: str) -> None:
    """Tomorrow, today or a day that is typed; `chosen_day` reads it."""
    now, next_day = today(), clock.plus(today(), 1)
    names = {
        next_day: _("From tomorrow, {day}").format(day=day(next_day)),
        now: _("From today, {day}").format(day=day(now)),
        OTHER_DAY: _("From another day"),
    }
    chosen = st.segmented_control(
        _("Takes effect"), list(names), default=next_day, required=True, format_func=names.get, key=f"{key}when"
    )
    if chosen == OTHER_DAY:
        ask_typed(_("Day"), f"{key}day")


def chosen_day(fields: Mapping) -> str | None:
    """The day among the fields of a form, a typed one as it was typed."""
    return fields.get("day") if fields.get("when") == OTHER_DAY else fields.get("when")


def ask_typed(label: str, key: str) -> None:
    st.text_input(label, key=key, placeholder=_("dd/mm/yyyy"), autocomplete="off", max_chars=20, width=160)


def loads(members: Sequence[dict], *, left: int | None = None) -> None:
    """Whose number of households changes, before and after; who leaves among them."""
    lines = [m for m in members if m["households"] != m["households_after"] or m["id"] == left]
    if not lines:
        st.caption(_("No one's number of households changes."))
        return
    shown = {_("Member"): [m["full_name"] for m in lines]}
    if len({m["team_name"] for m in lines}) > 1:
        shown |= {_("Team"): [m["team_name"] for m in lines]}
    shown |= {_("Households"): [arrow(m["households"], m["households_after"]) for m in lines]}
    st.table(shown, hide_index=True)


def arrow(before: int, after: int) -> str:
    return f"{number(before)} → {number(after)}"


def hands(rows: Sequence[ProposedRow], names: dict[int, str]) -> None:
    """Which stretch of the walk each gets: "Lan: 4 households (No. 9–12)"."""
    lines = []
    for member, n in Counter(row.member_id for row in rows).items():
        places = [row.walk_order for row in rows if row.member_id == member]
        words = ngettext("{n} household", "{n} households", n).format(n=number(n))
        stretch = _("No. {first} to {last} of the walk").format(first=number(min(places)), last=number(max(places)))
        lines.append(f"- **{plain(names[member])}**: + {words} ({stretch})")
    st.markdown("\n".join(lines))


def warnings(unmet: Sequence[tuple[str, Say]]) -> None:
    """Rules that would not be met; they stop nothing (S2-23)."""
    if not unmet:
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":orange[:material/flag:] **{_('Would not fit the rules')}**")
        lines = [(plain(team), plain(say(sentence))) for team, sentence in unmet]
        st.markdown("\n".join(f"- {team}: {sentence}" if team else f"- {sentence}" for team, sentence in lines))


def count(rows: Sequence[ProposedRow]) -> str:
    """ "3 members, 41 households"."""
    members = len({row.member_id for row in rows})
    parts = [
        ngettext("{n} member", "{n} members", members).format(n=number(members)),
        ngettext("{n} household", "{n} households", len(rows)).format(n=number(len(rows))),
    ]
    return ", ".join(parts)
