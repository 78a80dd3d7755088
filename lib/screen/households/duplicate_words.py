"""What two entries have in common, in words."""

from lib.core.errors import N_
from lib.core.words import phone
from lib.screen.i18n import _, area

_WHY = {
    "id_number": N_("same identity number"),
    "name_same": N_("same name"),
    "name_order": N_("same name in another order"),
    "name_marks": N_("same name, different accents"),
    "name_letter": N_("name differs by a letter"),
    "name_word": N_("name differs by a word"),
    "phone": N_("same telephone"),
    "year": N_("same year of birth"),
    "year_near": N_("year of birth differs by one"),
    "household": N_("same household"),
    "lane": N_("same lane"),
    "number": N_("same house number"),
}


def why(reasons: tuple[str, ...]) -> str:
    return ", ".join(_(_WHY[word]) for word in reasons)


def facts(entry: dict) -> str:
    """Code, year, place and telephone of one of the two, as typed."""
    where = ", ".join(filter(None, (entry["house_number"], entry["lane"])))
    parts = [
        entry["code"],
        _("born {year}").format(year=entry["birth_year"]) if entry["birth_year"] else None,
        where,
        area(entry["hamlet_kind"], entry["hamlet_name"]),
        phone.spaced(entry["phone"]),
    ]
    return " · ".join(part for part in parts if part)
