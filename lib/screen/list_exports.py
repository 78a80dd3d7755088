"""What a list holds when it is taken out: headings and rows in words, days as dd/mm/yyyy, telephones as text."""

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from lib.core.access import User
from lib.core.words import phone
from lib.oversight.figures import doors as doors_
from lib.oversight.figures.finding_times import Hours
from lib.oversight.work import history as history_
from lib.register.teams import members
from lib.screen.history import act_sentences
from lib.screen.i18n import _, area, day, hour, moment
from lib.screen.labels import AVAILABILITY, HOUSEHOLD_STATUS, MEMBER_ROLES, OUTCOMES, POSITIONS, ROLES, TEAM_STATUS
from lib.screen.widgets.download import Table


def teams(lines: Iterable[dict], warned: dict | None) -> Table:
    """One row for each team; `warned` holds its warnings, where they were worked out."""
    headings = [
        _("Commune"),
        _("Hamlet"),
        _("Team"),
        _("Status"),
        _("From"),
        _("Number of members"),
        _("Number of households"),
        _("Leader"),
        _("Telephone"),
    ]
    rows = [
        [
            _place(team, "commune"),
            _place(team, "hamlet"),
            team["name"],
            _(TEAM_STATUS[team["status"]]),
            day(team["from_day"]),
            team["members"],
            team["households"],
            team["leader"],
            phone.spaced(team["phone"]),
        ]
        for team in lines
    ]
    if warned is None:
        return headings, rows
    return [*headings, _("Warnings")], [
        [*row, len(warned.get(team["id"], []))] for row, team in zip(rows, lines, strict=True)
    ]


def people(db: Database, lines: list[dict], *, on: str) -> Table:
    """One row for each member of these teams, the leader first."""
    living = members.of_teams(db, [team["id"] for team in lines], day=on)
    headings = [
        _("Commune"),
        _("Hamlet"),
        _("Team"),
        _("Full name"),
        _("Role"),
        _("Post"),
        _("Year of birth"),
        _("Telephone"),
        _("Availability"),
        _("Joined on"),
        _("Number of households"),
    ]
    return headings, [
        [
            _place(team, "commune"),
            _place(team, "hamlet"),
            team["name"],
            member["full_name"],
            _(MEMBER_ROLES[member["role"]]),
            member["position_words"] or _(POSITIONS.get(member["position"], "")),
            member["birth_year"],
            phone.spaced(member["phone"]),
            _(AVAILABILITY[member["availability"]]),
            day(member["from_day"]),
            member["households"],
        ]
        for team in lines
        for member in living[team["id"]]
    ]


def households(lines: Sequence[dict], symptom_hours: Mapping[str, Hours] | None = None) -> Table:
    """One row for each household that was found; with the hours of symptoms, where those were asked for."""
    headings = [
        _("Code"),
        _("Head of household"),
        _("Commune"),
        _("Hamlet"),
        _("Lane"),
        _("House number or landmark"),
        _("Telephone"),
        _("Number of persons"),
        _("Responsible member"),
        _("Team"),
        _("Status"),
    ]
    rows = [
        [
            household["code"],
            household["head_name"],
            _place(household, "commune"),
            _place(household, "hamlet"),
            household["lane"],
            household["house_number"],
            phone.spaced(household["phone"]),
            household["person_count"],
            household["member_name"],
            household["team_name"],
            _(HOUSEHOLD_STATUS.get(household["status"], "")),
        ]
        for household in lines
    ]
    if any(household["people"] for household in lines):  # found by others than the head
        headings = [*headings, _("Persons found")]
        people = [", ".join(one["name"] for one in household["people"]) for household in lines]
        rows = [[*row, names] for row, names in zip(rows, people, strict=True)]
    if symptom_hours is None:
        return headings, rows
    hours = {code: [moment(times.first), moment(times.changed)] for code, times in symptom_hours.items()}
    return [*headings, _("Symptoms recorded at"), _("Changed")], [[*row, *hours[row[0]]] for row in rows]


def history(db: Database, _user: User, *, day: str, query: str, days: int) -> Table:
    """One row for each act that the search finds, told as on the page."""
    lines = history_.of_day(db, day, query, -1, days=days)
    headings = [_("Hour"), _("Who"), _("Role"), _("What"), _("Area")]
    return headings, [
        [
            moment(line["at"]),
            line["who"] or _("The system"),
            _(ROLES.get(line["role"], "")),
            act_sentences.whole(line),
            area(line["area_kind"] or "", line["area_name"] or ""),
        ]
        for line in lines
    ]


def doors(db: Database, unit: dict, *, on: str, kind: str) -> Table:
    """One row for each door of a list of the board, with the member to call."""
    headings = [
        _("Code"),
        _("Head of household"),
        _("Hamlet"),
        _("Lane"),
        _("House number or landmark"),
        _("What happened"),
        _("Responsible member"),
        _("Telephone of the member"),
        _("Team"),
    ]
    return headings, [
        [
            door["code"],
            door["head_name"],
            _place(door, "hamlet"),
            door["lane"],
            door["house_number"],
            f"{_(OUTCOMES[door['outcome']])} {hour(door['recorded_at'], on)}" if door["outcome"] else _("Not visited"),
            door["member"],
            phone.spaced(door["phone"]),
            door["team"],
        ]
        for door in doors_.listed(db, unit, on, kind, None)
    ]


def _place(line: dict, unit: str) -> str:
    return area(line[f"{unit}_kind"], line[f"{unit}_name"])
