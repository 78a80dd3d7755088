"""Teams and members on one sheet: a row for each member, the team named once or in every row."""

from lib.core import text
from lib.core.errors import Say
from lib.exchange.damage import flag, tidy

_OF_MEMBER = "member."


def complete(values: dict, faults: dict[str, Say], above: dict) -> None:
    """A row without a team belongs to the team above; the column "Tổ trưởng" names the leader or marks him."""
    if not values.get("name") and above.get("name"):
        for key in values:
            if not key.startswith(_OF_MEMBER) and key != "leader" and values[key] in (None, []):
                values[key] = above.get(key)
    _keep_post(values, faults)
    leader = values.pop("leader", None)
    if not leader:
        return
    name = values.get("member.full_name")
    if not name and flag(leader) != 1:
        values["member.full_name"] = leader
        values["member.role"] = "leader"
    elif flag(leader) == 1 or text.fold(name) == text.fold(leader):
        values["member.role"] = "leader"
    elif not values.get("member.role"):
        values["member.role"] = "member"


def _keep_post(values: dict, faults: dict[str, Say]) -> None:
    """A post that no list holds is another post, in the words of the file."""
    key = f"{_OF_MEMBER}position"
    if faults.pop(key, None):
        values[f"{key}_words"] = values.get(f"{key}_words") or tidy(str(values[key]))
        values[key] = "other"
