"""The list of screens: file, title, icon, group, and the action a visitor needs to enter."""

from dataclasses import dataclass

from lib.core.errors import N_


@dataclass(frozen=True)
class Room:
    """One screen. `needs` is an action of access.CAN; `purpose` stands on top of the page."""

    name: str
    title: str
    icon: str
    group: str
    needs: str
    purpose: str

    @property
    def file(self) -> str:
        return f"{self.name}.py"


TODAY, AREA, WATCH, REPORTS = N_("Today"), N_("Area"), N_("Watch"), N_("Reports")
RUN = N_("Administration")

ROOMS = (
    Room(
        "home",
        N_("To do"),
        ":material/today:",
        TODAY,
        "account.own",
        N_("What is left to do today, most urgent first."),
    ),
    Room(
        "sheet",
        N_("Day's sheet"),
        ":material/checklist:",
        TODAY,
        "names.see",
        N_("Enter one team's visits of one day; every row is saved automatically."),
    ),
    Room(
        "gaps",
        N_("No household left out"),
        ":material/door_open:",
        TODAY,
        "gaps.see",
        N_("Everything that could leave a household out, and how to fix it."),
    ),
    Room(
        "teams",
        N_("Community Covid teams"),
        ":material/groups:",
        AREA,
        "names.see",
        N_("Create teams, manage their members, and see what does not fit the rules yet."),
    ),
    Room(
        "households",
        N_("Households"),
        ":material/home:",
        AREA,
        "names.see",
        N_("Find, register and correct households and the people who live there."),
    ),
    Room(
        "assignments",
        N_("Assignments"),
        ":material/assignment_ind:",
        AREA,
        "assignment.propose",
        N_("Give every household to a named team member; leave no household out."),
    ),
    Room(
        "hamlets",
        N_("Hamlets"),
        ":material/location_on:",
        AREA,
        "hamlet.edit",
        N_("Add the hamlets of the commune under the names used there."),
    ),
    Room(
        "exchange",
        N_("Excel files"),
        ":material/table_view:",
        AREA,
        "list.import",
        N_("Import lists from Excel after a preview, and export them again."),
    ),
    Room(
        "leaderboard",
        N_("Leaderboard"),
        ":material/leaderboard:",
        WATCH,
        "board.see",
        N_("Compare coverage of districts, communes and, in your own area, hamlets and teams."),
    ),
    Room(
        "report",
        N_("Daily report"),
        ":material/assignment:",
        REPORTS,
        "report.see",
        N_("The unit's report of the day: what is missing, its text, its figures; and sending it."),
    ),
    Room(
        "reports",
        N_("Reports of the levels below"),
        ":material/fact_check:",
        REPORTS,
        "report.see",
        N_("Who has reported, who is late and whom to call; receive, return, remind."),
    ),
    Room(
        "documents",
        N_("Documents"),
        ":material/description:",
        REPORTS,
        "report.see",
        N_("Export reports and decisions as Word, PDF and Excel, and set the document layout."),
    ),
    Room(
        "template",
        N_("Report form"),
        ":material/format_list_numbered:",
        REPORTS,
        "report.template",
        N_("Decide what the reports ask for, how it is worded and in what order; every change is a new version."),
    ),
    Room(
        "accounts",
        N_("Accounts"),
        ":material/manage_accounts:",
        RUN,
        "account.manage",
        N_("Issue accounts to the level below in your own area."),
    ),
    Room("history", N_("History"), ":material/history:", RUN, "history.see", N_("Who changed what, and when.")),
    Room(
        "settings", N_("Settings"), ":material/tune:", RUN, "setting.see", N_("Size rules, server status and backups.")
    ),
    Room(
        "me", N_("My account"), ":material/person:", RUN, "account.own", N_("Your role, your area and your password.")
    ),
)

# The first page of the menu where it is not the first of the list.
_FIRST = {"commune": "gaps"}


def of_role(role: str) -> list[Room]:
    """Every room in the order of the role's menu."""
    return sorted(ROOMS, key=lambda room: room.name != _FIRST.get(role, ROOMS[0].name))


BY_NAME = {room.name: room for room in ROOMS}
