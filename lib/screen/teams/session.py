"""What the session remembers of the page of teams."""

from lib.register.teams import leaving, reorganising
from lib.screen.session import Key

# Fields and buttons
HAMLET: Key[str] = Key("found_hamlet")  # of the team to be founded
MEMBER: Key[int | str] = Key("member_of")  # who is changed, by team
WAY: Key[str] = Key("regroup_way")  # of reorganising, by team
ALL_TEAMS: Key[bool] = Key("teams_back")
CREATE: Key[bool] = Key("teams_new")
TABLE: Key[dict] = Key("teams_table")  # by the number of choices made in it

FOUNDED: Key[int] = Key("team_founded")  # the team founded a moment ago
LISTED: Key[list[int]] = Key("teams_drawn")  # the teams of the table as it was drawn last
CHOICES: Key[int] = Key("teams_choice")  # how often a team was chosen in the table
LEAVING: Key[leaving.LeavingPlan] = Key("leaver_plan")  # what was shown beside the button
REORGANISING: Key[reorganising.ReorganisingPlan] = Key("regroup_plan")  # the same
BECAME: Key[int] = Key("regroup_made")  # the team to show after it
