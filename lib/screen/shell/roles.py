"""A role in words: what it is, where, and in whose place."""

from lib.screen.i18n import _, area
from lib.screen.labels import ROLES


def role_and_area(grant: dict) -> str:
    """ "District · Huyện Gò Dầu"."""
    return f"{_(ROLES[grant['role']])} · {area(grant['area_kind'], grant['area_name'])}"


def named(grant: dict) -> str:
    """Role and area of a grant, and for whom it is held."""
    whom = _("in place of {name}").format(name=grant["for_name"]) if grant["for_name"] else ""
    return " · ".join(filter(None, (role_and_area(grant), whom)))
