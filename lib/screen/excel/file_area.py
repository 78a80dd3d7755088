"""The area that a file is for: the own commune, or one of the area, or all of it."""

import streamlit as st
from sqlite_utils import Database

from lib.core.access import User
from lib.register.areas import choices
from lib.screen.i18n import _, area
from lib.screen.widgets.place_names import labels


def choose(db: Database, user: User, key: str, *, whole: bool = True) -> str:
    """The code; a commune's clerk has no choice. Without `whole` the province takes one district at a time."""
    if user.level == "commune":
        return user.area_code
    own = choices.get(db, user.area_code)
    names = {user.area_code: _("All of {area}").format(area=area(own["kind"], own["name"]))} if whole else {}
    for line in choices.below(db, user.area_code, "district") if user.level == "province" else []:
        names[line["code"]] = area(line["kind"], line["name"])
    names |= labels(choices.below(db, user.area_code, "commune"), parents=user.level == "province")
    return st.selectbox(_("Area"), list(names), format_func=names.get, key=key, width=320)
