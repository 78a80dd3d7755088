"""The two tables of giving out households: members with what they mind, households to pick from."""

import zlib
from collections import Counter
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.register.size_rules import Rules
from lib.screen.i18n import _, day, ngettext, number
from lib.screen.labels import AVAILABILITY, HOUSEHOLD_STATUS


def member(members: Sequence[dict], *, key: str, label: str) -> int | None:
    """Choose one member; who is not available says so."""
    words = _names(members)
    return st.selectbox(label, list(words), None, format_func=words.get, key=key, placeholder=_("Choose a member"))


def _names(members: Sequence[dict]) -> dict[int, str]:
    """One label for each member; two of one name in one team are told apart by their number."""
    several = len({m["team_id"] for m in members}) > 1
    seen = Counter((m["team_id"], m["full_name"]) for m in members)
    words = {}
    for m in members:
        parts = [m["full_name"] + (f" ({m['id']})" if seen[m["team_id"], m["full_name"]] > 1 else "")]
        parts += [m["team_name"]] if several else []
        parts += [_(AVAILABILITY[m["availability"]])] if m["availability"] != "available" else []
        words[m["id"]] = " · ".join(parts)
    return words


def loads(members: Sequence[dict], rules: Rules) -> None:
    """What each member minds, now and after the change that is being prepared; teams outside the rule are named."""
    most = max([rules.member_load_max, *(m["households_after"] for m in members)])
    lines = {
        _("Member"): [m["full_name"] for m in members],
        _("Number of households"): [m["households_after"] for m in members],
        _("Change"): [_signed(m["households_after"] - m["households"]) for m in members],
    }
    if len({m["team_id"] for m in members}) > 1:
        lines[_("Team")] = [m["team_name"] for m in members]
    lines[_("Persons")] = [m["persons_after"] for m in members]
    st.dataframe(
        lines,
        hide_index=True,
        placeholder="",
        column_config={
            _("Member"): st.column_config.TextColumn(width=115),
            _("Number of households"): st.column_config.ProgressColumn(
                min_value=0, max_value=most, format="%d", width=85
            ),
            _("Change"): st.column_config.TextColumn(width=80),
            _("Persons"): st.column_config.NumberColumn(width=78),
        },
    )
    _outside_the_rule(members, rules)


def _signed(change: int) -> str:
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}" if change < 0 else ""


def _outside_the_rule(members: Sequence[dict], rules: Rules) -> None:
    """Calm: the rule warns and never blocks (S2-23)."""
    teams: dict[str, int] = {}
    for m in members:
        teams[m["team_name"]] = teams.get(m["team_name"], 0) + m["households_after"]
    rule = _("Provincial setting: {least}–{most} households per team").format(
        least=rules.households_min, most=rules.households_max
    )
    off = [f"{team}: {number(n)}" for team, n in teams.items() if not rules.households_min <= n <= rules.households_max]
    st.caption(f"{rule}. " + (_("Not within the rules: {teams}.").format(teams="; ".join(off)) if off else ""))


def pick(
    households: Sequence[dict], *, key: str, names: dict[str, str], first: str | None = None
) -> tuple[list[str], DeltaGenerator]:
    """Narrow the list, then tick rows or take all that is shown; the codes picked, and the bar for the buttons.

    `names` maps columns of the rows to their titles, after number, head and lane. The household `first` stands above
    the others and is ticked already.
    """
    households = sorted(households, key=lambda household: household["code"] != first)
    shown = _narrowed(households, key)
    bar = st.container(horizontal=True, vertical_alignment="center")
    if not shown:
        st.info(_("No household matches. Widen the selection above."))
        return [], bar
    codes = [h["code"] for h in shown]
    # Ticks are positions: another list of rows must never inherit them.
    rows_key = f"{key}_{zlib.crc32(' '.join(codes).encode())}"
    every = bar.checkbox(
        ngettext("Select the {n} shown", "Select all {n} shown", len(shown)).format(n=number(len(shown))),
        key=f"{rows_key}_all",
        width="content",
    )
    told = st.empty()
    ticked = st.dataframe(
        _table(shown, names),
        hide_index=True,
        height="auto" if len(shown) <= 10 else 420,
        placeholder="",
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [0]}} if codes[0] == first else None,
        key=rows_key,
        column_config={_("No."): st.column_config.NumberColumn(width=50, format="%d", pinned=True)},
    )
    picked = codes if every else [codes[place] for place in sorted(ticked.selection.rows)]
    told.caption(_("{n} of {all} picked.").format(n=number(len(picked)), all=number(len(households))))
    return picked, bar


def _table(households: Sequence[dict], names: dict[str, str]) -> dict[str, list]:
    lines = {
        _("No."): [h["walk_order"] for h in households],
        _("Head of household"): [h["head_name"] for h in households],
        _("Lane"): [h["lane"] or "" for h in households],
    }
    return lines | {title: [h[column] for h in households] for column, title in names.items()}


def _narrowed(households: Sequence[dict], key: str) -> list[dict]:
    """By lane, by who minds it, by a stretch of the walk."""
    lanes = list(dict.fromkeys(h["lane"] or "" for h in households))
    minders = list(dict.fromkeys(h["member_name"] or "" for h in households))
    last = max(h["walk_order"] for h in households)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        lane = st.selectbox(
            _("Lane"),
            lanes,
            None,
            key=f"{key}_lane",
            placeholder=_("All"),
            width=130,
            format_func=lambda one: one or _("Without a lane"),
        )
        minder = st.selectbox(
            _("Responsible member"),
            minders,
            None,
            key=f"{key}_by",
            placeholder=_("Anyone"),
            width=185,
            format_func=lambda one: one or _("None"),
        )
        low = st.number_input(_("From No."), value=None, step=1, key=f"{key}_low", placeholder="1", width=90)
        high = st.number_input(_("To No."), value=None, step=1, key=f"{key}_high", placeholder=str(last), width=90)
    return [
        h
        for h in households
        if (lane is None or (h["lane"] or "") == lane)
        and (minder is None or (h["member_name"] or "") == minder)
        and (low is None or h["walk_order"] >= low)
        and (high is None or h["walk_order"] <= high)
    ]


def remark(household: dict) -> str:
    """What else bears on the household: a status, a change already decided."""
    remarks = []
    if household["status"]:
        remarks.append(_(HOUSEHOLD_STATUS[household["status"]]))
    if household["changes_on"]:
        remarks.append(_("changes on {day}").format(day=day(household["changes_on"])))
    if household["moves_on"]:
        remarks.append(_("moves away on {day}").format(day=day(household["moves_on"])))
    return "; ".join(remarks)
