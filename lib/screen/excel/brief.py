"""What becomes of a file, in two sentences right below it: how much comes in, and what wants a look before."""

import streamlit as st

from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.plan import ImportPlan
from lib.exchange.lists.row import good
from lib.screen.i18n import _, ngettext, number


def draw(whole: Whole, plan: ImportPlan, hidden: int) -> None:
    """A quiet box where nothing wants a look; `hidden` rows are read though nobody sees them in Excel."""
    counts = _("To be imported: **{n}**; not accepted: **{m}**.").format(
        n=number(len(good(plan.rows))), m=number(plan.counts["refused"])
    )
    looks = _looks(whole, plan, hidden)
    if looks:
        st.warning(f"{counts} " + _("Check first: {things}.").format(things="; ".join(looks)), icon=":material/rule:")
    else:
        st.info(counts, icon=":material/rule:")


def _looks(whole: Whole, plan: ImportPlan, hidden: int) -> list[str]:
    """What is not read and what is doubtful, each counted; it is told in full further down."""
    unread = len({column.key for table in whole.parts for column in table.unread if not column.chosen})
    sheets = sum(bool(left.rows) for left in whole.left)
    doubtful = sum(row.doubt is not None for row in plan.doubtful)
    warned = len(plan.remarks)
    counted = [
        (hidden, ngettext("{n} hidden row is read", "{n} hidden rows are read", hidden)),
        (sheets, ngettext("{n} sheet is not read", "{n} sheets are not read", sheets)),
        (unread, ngettext("{n} column is not read", "{n} columns are not read", unread)),
        (doubtful if not plan.same else 0, _doubts(doubtful)),
        (warned, ngettext("{n} warning", "{n} warnings", warned)),
    ]
    return [words.format(n=number(n)) for n, words in counted if n]


def _doubts(n: int) -> str:
    return ngettext("{n} row may be a household already known", "{n} rows may be households already known", n)
