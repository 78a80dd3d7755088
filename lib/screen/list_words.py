"""How far the lists of households go, in words: what is missing stands first, wherever figures are shown."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.oversight.figures import list_completeness
from lib.screen.i18n import _, ngettext, number

ASKED = ("commune", "station", "district", "province", "inspector")  # who is shown the line of the own area


def registered(counts: dict) -> str:
    """ "3,120/3,550 households on the lists, 430 missing"; an expected number that was shared out is an estimate."""
    if not counts["communes_expected"]:
        return ""
    sizes = {"n": number(counts["registered"]), "of": number(counts["expected_households"])}
    left = list_completeness.unregistered(counts)
    words = _("{n}/{of} households on the lists, {left} missing") if left else _("{n}/{of} households on the lists")
    words = words.format(**sizes, left=number(left))
    return f"{words} ({_('estimate')})" if counts["communes_estimated"] else words


def missing(counts: dict) -> str:
    """The worst of what is missing: communes without lists, else communes that fall short."""
    n, of, short = list_completeness.unlisted(counts), counts["communes"], counts["communes_short"]
    if n and of == 1:
        return _("No list of households yet")
    if n:
        words = ngettext("{n} of {of} communes has no lists yet", "{n} of {of} communes have no lists yet", n)
        return words.format(n=number(n), of=number(of))
    if short and of > 1:
        words = ngettext(
            "{n} of {of} communes has far fewer households than expected",
            "{n} of {of} communes have far fewer households than expected",
            short,
        )
        return words.format(n=number(short), of=number(of))
    if list_completeness.complete(counts):
        return ""
    return _("Many expected households are not on the lists") if short else _("Fewer households listed than estimated")


def unknown(counts: dict) -> str:
    """Of how many communes nobody has said how many households there should be."""
    n = counts["communes"] - counts["communes_expected"]
    if not n:
        return ""
    if counts["communes"] == 1:
        return _("expected number of households not entered")
    words = ngettext(
        "expected number of households unknown for {n} commune",
        "expected number of households unknown for {n} communes",
        n,
    )
    return words.format(n=number(n))


def sentences(counts: dict) -> list[str]:
    """What is missing, how many are on the lists, of how many communes nobody knows."""
    on_lists = registered(counts)
    return list(
        filter(
            None,
            (missing(counts), on_lists, unknown(counts) if on_lists or not list_completeness.complete(counts) else ""),
        )
    )


def line(counts: dict) -> str:
    """One line for a page: amber while lists are missing or too short, plain otherwise; empty for want of anything."""
    first, *rest = (sentences(counts) if counts["communes"] else []) or [""]
    if not first or list_completeness.complete(counts):
        return f":material/playlist_add_check: {' · '.join([first, *rest])}" if first else ""
    return " · ".join([f":orange[:material/playlist_add: **{first}**]", *rest])


def amiss(counts: dict | None) -> list[str]:
    """The line where something is to be done, as a list to be put before others."""
    return [line(counts)] if counts and counts["communes"] and not list_completeness.complete(counts) else []


def show(db: Database, user: User, day: str) -> bool:
    """The line of the visitor's own area, before anything else; whether its lists are complete."""
    if user.role not in ASKED:
        return True
    counts = list_completeness.standing(db, user, user.area_code, day)
    if text := line(counts):
        st.markdown(text)
    return list_completeness.complete(counts)
