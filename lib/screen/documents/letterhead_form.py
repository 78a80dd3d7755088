"""How the letters of one's own organisation begin and end: a form, and how head and foot will look."""

from dataclasses import replace

import streamlit as st
from sqlite_utils import Database

from lib.core import clock
from lib.core.access import User
from lib.exchange.documents import letterheads
from lib.exchange.documents.letterhead import DECISION, REPORT, Letterhead
from lib.exchange.letters import flow
from lib.exchange.letters.items import Gap, Pair, TextLine
from lib.exchange.letters.letter import Paragraph
from lib.register.areas import choices
from lib.screen.i18n import N_, _, area
from lib.screen.markdown import plain
from lib.screen.shell.page import attempt, today
from lib.screen.widgets.draft import Draft

_LINES = {
    "party": N_("Party documents (quick reports)"),
    "state": N_("State documents (decisions)"),
    "health": N_("Health department"),
}
_LONG = ("issuer", "authority", "salutation", "recipients")
_BOLD = ("issuer", "nation", "motto", "authority", "signer")


def draw(db: Database, user: User, day: str) -> None:
    """The line of letters, the form, and the preview of what is typed."""
    own, lines = choices.get(db, user.area_code), letterheads.lines_of(user.level)
    st.caption(_("Layout of {area}; every organisation sets its own.").format(area=area(own["kind"], own["name"])))
    line = st.segmented_control(
        _("Kind of document"),
        list(lines),
        default=lines[0],
        format_func=lambda code: _(_LINES[code]),
        key="letterhead_line",
        required=True,
    )
    form = Draft(f"letterhead_{line}")
    if form.sent() and _keep(db, user, line, form):
        st.success(_("Saved. Documents made from now on use this layout."))
    head = letterheads.of(db, user.area_code, line)
    form.opened(_stored(head) | {"version": letterheads.version(db, user.area_code, line)})
    with st.form(form.name, border=True):
        left, right = st.columns(2)
        with left:
            _above(form)
        with right:
            _below(form)
        with st.container(horizontal=True):
            form.save(_("Save layout"))
            form.save(_("Preview"), "preview", primary=False)
    _preview(_typed(head, form.values()), line, day)


def _keep(db: Database, user: User, line: str, form: Draft) -> bool:
    fields = {name: typed.split("\n") if name in letterheads.LISTS else typed for name, typed in form.changed().items()}
    edit = letterheads.LetterheadEdit(line, fields, form.version())
    _done, problem = attempt(letterheads.keep, db, user, user.area_code, edit, now=clock.now())
    return form.ended(problem)


def _stored(head: Letterhead) -> dict:
    """As the fields show it: one recipient a line."""
    return {name: getattr(head, name) for name in letterheads.FIELDS} | {
        name: "\n".join(getattr(head, name)) for name in letterheads.LISTS
    }


def _above(form: Draft) -> None:
    form.text(_("Superior body"), "superior")
    form.long(_("Issuing body"), "issuer")
    form.text(_("Code after the number (e.g. HU, UBND)"), "suffix", help=_("For example HU, BDVTU, UBND or SYT."))
    form.text(_("Place"), "place")
    form.text(_("Referred to in the text as"), "reporter")
    form.long(_("Addressed to (one a line)"), "salutation", help=_("If left empty, the line “Kính gửi” is omitted."))


def _below(form: Draft) -> None:
    form.long(
        _("Signing authority"),
        "authority",
        help=_("For example T/M or K/T of the Party; TM., KT. or TL. of the State."),
    )
    form.text(_("Position of the signatory"), "position")
    form.text(_("Name of the signatory"), "name", help=_("Empty: a blank space to be filled in."))
    form.long(_("Recipients (one a line)"), "recipients")


def _typed(head: Letterhead, values: dict) -> Letterhead:
    """What the fields say now, saved or not."""
    fields = {name: values.get(name, getattr(head, name)) or "" for name in letterheads.FIELDS}
    lists = {
        name: tuple(part.strip().rstrip(".;,") for part in values[name].split("\n") if part.strip())
        for name in letterheads.LISTS
        if isinstance(values.get(name), str)
    }
    return replace(head, **fields, **lists)


def _preview(head: Letterhead, line: str, day: str) -> None:
    """Head and foot as the documents draw them, from the same description."""
    st.markdown(f"**{_('This is how it will look')}**")
    kind, title = (DECISION, "QUYẾT ĐỊNH") if line == "state" else (REPORT, "BÁO CÁO")
    letter = head.letter(kind=kind, title=title, abstract="…", day=day or today(), body=(Paragraph("…"),))
    parts = [item for item in flow.flow(letter) if isinstance(item, Pair | TextLine)]
    pairs = [item for item in parts if isinstance(item, Pair)]
    with st.container(border=True, key="letterhead_preview"):
        _pair(pairs[0], "center")
        for item in parts[1:-1]:
            _drawn(item) if isinstance(item, TextLine) else _pair(item, "left")
        _pair(pairs[-1], "left")


def _pair(pair: Pair, align: str) -> None:
    for column, part, how in zip(st.columns(2), (pair.left, pair.right), (align, "center"), strict=True):
        with column:
            texts = [_line(item) for item in part if isinstance(item, TextLine)]
            blank = ["&nbsp;"] * 2 if any(isinstance(item, Gap) and item.height > 50 for item in part) else []
            st.markdown("  \n".join([*texts[:-1], *blank, *texts[-1:]]), text_alignment=how)


def _drawn(item: TextLine) -> None:
    align = "left" if item.role == "body" else "center"
    st.markdown(_line(item), text_alignment=align)


def _line(item: TextLine) -> str:
    text = plain(item.text.strip("\u00a0"))
    if not text:
        return "&nbsp;"
    return f"**{text}**" if item.role in (*_BOLD, "kind", "abstract") else f"*{text}*" if item.role == "place" else text
