"""What the session remembers of the assignments page: choices, buttons and the act done last."""

from lib.register.assignments.handover import Handover
from lib.screen.session import Key

# Fields
FROM_DAY: Key[str] = Key("from_day")
COMMUNE: Key[str] = Key("commune")
HAMLET: Key[str] = Key("hamlet")
METHOD: Key[str] = Key("way")

# Buttons
GIVE: Key[bool] = Key("give")
TAKE_BACK: Key[bool] = Key("take_back")
ACCEPT: Key[bool] = Key("accept")
ADJUST: Key[bool] = Key("adjust")
UNDO: Key[bool] = Key("undo")

ROUND: Key[int] = Key("assignment_round")  # grows with every act
OFFER: Key[dict] = Key("assignment_offer")  # what the buttons drawn last stand for
DONE: Key[tuple[int | None, Handover]] = Key("assignment_done")  # the role and the act done last in it
PROPOSED: Key[tuple] = Key("assignment_asked")  # place, day and choices of the proposal in sight
CHANGED: Key[dict[str, int]] = Key("assignment_choices")  # members chosen by hand in it, by household
FOLLOWED: Key[str] = Key("assignment_followed")  # the household that a link chose
