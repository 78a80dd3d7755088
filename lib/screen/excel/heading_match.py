"""Headings matched by hand: what each column means, for this file and, once it is loaded, for the province."""

import hashlib

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.columns import heading_matches, headings, recognised_table
from lib.exchange.columns.heading_matches import LEFT_OUT, Match
from lib.exchange.columns.headings import Headings
from lib.exchange.columns.kinds import columns_of
from lib.exchange.columns.recognised_table import How, Unread
from lib.exchange.columns.whole_file import Whole
from lib.exchange.lists.place_lookup import hamlet_names
from lib.exchange.spreadsheets.reading import ReadSheet
from lib.screen import i18n
from lib.screen.excel import session
from lib.screen.i18n import _, moment, ngettext, number
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt
from lib.screen.widgets import forms


def how(db: Database, area: str, kind: str, digest: str) -> How:
    """What the province remembers, what was chosen for this file, and the hamlets' names."""
    learnt = heading_matches.remembered(db, area, kind)
    by_hand = {each.heading: each.field for each in chosen(digest, kind)}
    rows = (session.HEADING_ROWS.get() or {}).get(digest, {})
    return How(matched=learnt | by_hand, rows=rows, is_hamlet=hamlet_names(db, area))


def chosen(digest: str, kind: str) -> list[Match]:
    """What was matched by hand for this file."""
    return list((session.MATCHED.get() or {}).get((digest, kind), {}).values())


def ask(whole: Whole, sheets: list[ReadSheet], digest: str) -> None:
    """A question for each column that is not read; what the others mean can be changed too."""
    unread = {column.key: (column, table.head) for table in reversed(whole.parts) for column in table.unread}
    left_out = {key: question for key, question in unread.items() if question[0].chosen}
    open_ = {key: question for key, question in unread.items() if key not in left_out}
    if open_:
        title = ngettext("{n} column is not read", "{n} columns are not read", len(open_))
        with st.container(border=True):
            st.markdown(f":orange[:material/error: **{title.format(n=number(len(open_)))}**]  \n{_what_to_do(open_)}")
            _tell_unknown(whole)
            for column, head in open_.values():
                _question(column, head, whole.kind, digest)
    if left_out:
        names = ", ".join(plain(column.heading) or column.letters for column, _head in left_out.values())
        st.caption(_("Skipped columns: {names}.").format(names=names))
    with st.expander(_("Change what a column means"), icon=":material/tune:"):
        for column, head in (left_out | _read(whole, sheets, unread)).values():
            _question(column, head, whole.kind, digest)


def _what_to_do(open_: dict) -> str:
    """A heading is remembered; where there is none, nothing can be known again."""
    if all(key.startswith("#") for key in open_):
        return _("Choose what each column is, or skip it. Without a heading, the choice applies to this file only.")
    return _(
        "Choose what each column is, or skip it. Once the file is imported, the choice is remembered for the province."
    )


def _read(whole: Whole, sheets: list[ReadSheet], unread: dict) -> dict[str, tuple[Unread, Headings]]:
    """The columns that are read, each once though it stands on several sheets."""
    rows, columns = {sheet.name: sheet.rows for sheet in sheets}, {}
    for table in whole.parts:
        below = rows[table.sheet][table.head.at + table.head.high :]
        for place in sorted(set(table.head.columns.values())):
            column = recognised_table.column(table.head, below, place)
            if column.key not in unread:
                columns.setdefault(column.key, (column, table.head))
    return columns


def _tell_unknown(whole: Whole) -> None:
    names = list(dict.fromkeys(name for table in whole.parts for name in table.unknown))
    if names:
        st.caption(
            _("Not used because these headings are not recognised: {names}.").format(names="; ".join(map(plain, names)))
        )


def ask_all(sheets: list[ReadSheet], kind: str, how_: How, digest: str) -> None:
    """Where the headings are not understood: in which row they stand, and what each of them means."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    if not seen:
        return
    headings_by_sheet = {sheet.name: recognised_table.headings_of(sheet, kind, how_) for sheet in seen}
    sheet = max(seen, key=lambda one: headings_by_sheet[one.name].count if headings_by_sheet[one.name] else 0)
    with st.container(border=True):
        st.markdown(_("**Say what the columns are.** Choose the heading row, then what each column means."))
        head = headings_by_sheet[sheet.name] or headings.at_row(
            sheet.rows, kind, _row(sheet, how_, digest), how_.matched
        )
        below = sheet.rows[head.at + head.high :]
        for place in range(max(map(len, [list(head.texts), *below]), default=0)):
            column = recognised_table.column(head, below, place)
            if column.heading or column.cells:
                _question(column, head, kind, digest, sheet)


def _row(sheet: ReadSheet, how_: How, digest: str) -> int:
    """The place of the row that is taken for the headings: the one that was chosen, else the likeliest."""
    top = [at for at, row in enumerate(sheet.rows[: headings.DEEPEST]) if any(row)]
    guess = how_.rows.get(sheet.name, headings.guess(sheet.rows) + 1) - 1
    key = session.field(f"row_{digest[:12]}")
    return st.selectbox(
        _("Row of the headings"),
        top,
        index=top.index(guess) if guess in top else 0,
        key=key,
        format_func=lambda at: f"{sheet.first + at}: {' · '.join(dict.fromkeys(filter(None, sheet.rows[at])))}"[:80],
        on_change=_keep_row,
        args=(digest, sheet.name, key),
    )


def _keep_row(digest: str, sheet: str, key: str) -> None:
    session.HEADING_ROWS.default({})[digest] = {sheet: st.session_state[key] + 1}


def _question(column: Unread, head: Headings, kind: str, digest: str, sheet: ReadSheet | None = None) -> None:
    """One column: its letters and heading, what stands in it, and the list of what it may be."""
    fields = {code.key: i18n.in_place(code.heading(i18n.language())) for code in columns_of(head.kind)}
    meant = next((key for key, at in head.columns.items() if head.keys.get(at) == column.key), None)
    meant = LEFT_OUT if column.chosen else meant
    options = [LEFT_OUT, *fields]
    key = session.field(f"match_{hashlib.sha256(f'{digest}{column.key}'.encode()).hexdigest()[:12]}")
    named = plain(column.heading) or _("without a heading")
    held = ", ".join(map(plain, column.samples)) or _("nothing below it")
    st.selectbox(
        f"**{column.letters} · {named}** – {held}",
        options,
        index=options.index(meant) if meant is not None else None,
        format_func=lambda code: fields.get(code, _("Skip this column")),
        key=key,
        placeholder=_("Not read; choose what it is"),
        on_change=_keep,
        args=(digest, kind, column.key, column.heading, key, sheet and (sheet.name, head.at + 1)),
    )


def _keep(digest: str, kind: str, heading: str, text: str, key: str, row: tuple[str, int] | None) -> None:
    """What was chosen, for this file; taken away again it means what it meant."""
    of_file = session.MATCHED.default({}).setdefault((digest, kind), {})
    picked = st.session_state[key]
    of_file.pop(heading, None)
    if picked is not None:
        for other, match in list(of_file.items()):
            if match.field == picked != LEFT_OUT:
                del of_file[other]
        of_file[heading] = Match(heading, text or heading, picked)
    if row:
        session.HEADING_ROWS.default({})[digest] = {row[0]: row[1]}


def remembered(db: Database, user: User, area: str, kind: str) -> None:
    """What was matched before, by whom; each can be forgotten."""
    _forget_if_pressed(db, user, area, kind)
    matches = heading_matches.listed(db, area, kind)
    if not matches:
        return
    words = {key: i18n.in_place(name) for key, name in heading_matches.fields(kind, i18n.language()).items()}
    title = ngettext(
        "{n} heading is remembered for the province", "{n} headings are remembered for the province", len(matches)
    )
    with st.expander(title.format(n=number(len(matches))), icon=":material/bookmark:"):
        for line in matches:
            with st.container(horizontal=True, vertical_alignment="center"):
                means = words.get(line["field"], line["field"]) or _("left out")
                who = plain(line["who"] or _("The system"))
                st.markdown(
                    f"“{plain(line['said'])}” → **{plain(means)}**  \n:small[{who}, {moment(line['at'])}]",
                    width="stretch",
                )
                st.button(_("Forget"), key=f"forget_{line['heading']}_heading", icon=":material/bookmark_remove:")


def _forget_if_pressed(db: Database, user: User, area: str, kind: str) -> None:
    pressed = forms.pressed("forget_", "_heading")
    if pressed is None:
        return
    _done, problem = attempt(heading_matches.forget, db, user, area, kind, pressed, now=clock.now())
    if not problem:
        st.rerun()
