"""Teams and members on one sheet: a row for each member, the team named once or in every row."""

from collections import defaultdict
from dataclasses import replace

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
    leader = values.get("leader")
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


def led(lines: list) -> list:
    """The lines, and one more for each team whose leader is named in a column of its own and among no members."""
    members = defaultdict(set)
    for line in lines:
        members[_team(line.values)].add(text.fold(line.values.get("member.full_name")))
    found = []
    for line in lines:
        named = line.values.pop("leader", None)
        team = _team(line.values)
        if named and flag(named) != 1 and text.fold(named) not in members[team]:
            members[team].add(text.fold(named))
            found.append(_leading(line, named))
        found.append(line)
    return found


def _leading(line, name: str):
    """The team of a line again, with its leader as the member; what is said of another member is not his."""
    own = {key: value for key, value in line.values.items() if not key.startswith(_OF_MEMBER)}
    faults = {key: said for key, said in line.faults.items() if key in own}
    leader = {f"{_OF_MEMBER}full_name": name, f"{_OF_MEMBER}role": "leader"}
    return replace(line, values=own | leader, faults=faults, notes=[])


def _team(values: dict) -> tuple[str, str]:
    return text.fold(values.get("hamlet_code")), text.fold(values.get("name"))
