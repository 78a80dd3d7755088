"""The fields of a member: reads the form, converts to columns, masks identity numbers."""

import json
from datetime import datetime

from lib.core import clock, text
from lib.core.errors import N_
from lib.core.form_input import Typed

ROLES = ("leader", "deputy", "member")
LEADER_POSTS = ("deputy_cell_secretary", "hamlet_head", "front_head")  # S0-16
POSITIONS = (*LEADER_POSTS, "cell_secretary", "deputy_hamlet_head", "other")
CATEGORIES = (
    "party_member",
    "front_worker",
    "cell_committee",
    "police",
    "health_worker",
    "hamlet_cadre",
    "association",
    "volunteer",
)
ORGANISATIONS = ("front", "women", "youth", "farmers", "veterans", "elderly", "police", "health", "other")
AVAILABILITY = ("available", "isolating", "ill", "leave")
COLUMNS = (
    "full_name",
    "sex",
    "birth_year",
    "phone",
    "id_number",
    "role",
    "position",
    "position_words",
    "categories",
    "organisation",
    "availability",
    "from_day",
)
_YOUNGEST = 15
LATEST = 366  # days from today that somebody may join at


def read(values: dict, *, now: datetime) -> dict:
    """Return a member's columns as typed; raise Invalid with every field at fault."""
    typed = Typed({"availability": "available", **values})
    today = clock.day_of(now)
    new = {
        "full_name": typed.person("full_name"),
        "sex": typed.choice("sex", ("female", "male")),
        "birth_year": typed.number("birth_year", 1900, int(today[:4]) - _YOUNGEST),
        "phone": typed.phone(),
        "id_number": typed.text("id_number", 20),
        "role": typed.choice("role", ROLES, required=True),
        "position": typed.choice("position", POSITIONS),
        "position_words": typed.text("position_words", 120),
        "categories": typed.choices("categories", CATEGORIES),
        "organisation": typed.choice("organisation", ORGANISATIONS),
        "availability": typed.choice("availability", AVAILABILITY, required=True),
        "from_day": typed.day("from_day", today=today, latest=clock.plus(today, LATEST), required=True),
    }
    # A post in words is for posts that are not on the list; a listed one needs no words.
    new["position"] = new["position"] or ("other" if new["position_words"] else None)
    new["position_words"] = new["position_words"] if new["position"] == "other" else None
    digits = str(new["id_number"] or "").replace(" ", "").replace(".", "")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) in (9, 12)):
        typed.fault("id_number", N_("An identity number has 9 or 12 digits."))
    typed.done()
    return {**new, "id_number": digits or None}


def stored(new: dict) -> dict:
    """Return checked values as columns of the table: categories as JSON, with the folded name and sort key."""
    return {
        **new,
        "categories": json.dumps(new["categories"]),
        "name_folded": text.fold(new["full_name"]),
        "name_sort": text.person_sort_key(new["full_name"]),
    }


def masked(number: str | None) -> str | None:
    """Return a number with all but the last three digits hidden: *******123."""
    return number and "*" * (len(number) - 3) + number[-3:]
