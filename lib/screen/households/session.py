"""What the session remembers of the household pages."""

from lib.screen.session import Key

TOKEN: Key[str] = Key("household_token")  # of the registration form in sight
PERSON: Key[int] = Key("person_chosen")  # the field: who is corrected
TAB: Key[str] = Key("household_tab")  # by household
OLDER_VISITS: Key[bool] = Key("story_older")  # the switch, by household
WITH_SYMPTOMS: Key[bool] = Key("household_ill")  # the filter of the search
PAGE: Key[int] = Key("household_page")  # of the result, by search
COMPARISON: Key[dict] = Key("merge_shown")  # two entries as they were shown beside the button, by pair
