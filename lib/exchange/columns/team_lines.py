"""Complete the lines of a sheet with teams and members: one row a member, the team named once or in every row."""

from collections import defaultdict
from dataclasses import replace

from lib.core import text
from lib.core.errors import Say
from lib.exchange.columns.cell_values import flag, parts, tidy
from lib.exchange.columns.kinds import TEAMS

POSTS = ("leader", "deputy")  # columns that name people beside those of the members
_OF_MEMBER = "member."
_NAME, _ROLE, _POST = f"{_OF_MEMBER}full_name", f"{_OF_MEMBER}role", f"{_OF_MEMBER}position"
_ROLE_COLUMN, _POST_COLUMN = ({column.key: column for column in TEAMS}[key] for key in (_ROLE, _POST))


def complete(values: dict, faults: dict[str, Say], above: dict) -> None:
    """Fill a row without a team from the row above, and set the role from the columns "Tổ trưởng" and "Tổ phó"."""
    if not values.get("name") and above.get("name"):
        for key in values:
            if not key.startswith(_OF_MEMBER) and key not in POSTS and values[key] in (None, []):
                values[key] = above.get(key)
    _keep_post(values, faults)
    held = {post: values[post] for post in POSTS if values.get(post)}
    if not held:
        return
    if not values.get(_NAME) and (first := [name for cell in held.values() for name in _named(cell)]):
        values[_NAME] = first[0]
    holds = next((post for post, cell in held.items() if flag(cell) == 1 or _is(values.get(_NAME), cell)), None)
    if holds or not values.get(_ROLE):
        values[_ROLE] = holds or "member"


def _named(cell: str) -> list[str]:
    """Return the people that a cell names; none where it only marks the row."""
    return [] if flag(cell) == 1 else [name for part in parts(cell, ";,\n") if (name := tidy(part))]


def _is(name: str | None, cell: str) -> bool:
    return text.fold(name) in map(text.fold, _named(cell))


def sort_posts(values: dict, faults: dict[str, Say], cell: str | None) -> None:
    """Sort a column that mixes roles in the team and other posts: "Tổ trưởng", "Công an viên".

    `cell` is the cell of posts in a list without a column of roles. A post in the column of roles counts where
    the column of posts is empty.
    """
    role = _ROLE_COLUMN.read(cell) if cell else None
    if isinstance(role, str):
        faults.pop(_POST, None)
        values[_ROLE], values[_POST] = role, None
    if _ROLE in faults and not values.get(_POST):
        post = _POST_COLUMN.read(cell := str(values[_ROLE]))
        faults.pop(_ROLE)
        values[_ROLE], values[_POST] = None, post if isinstance(post, str) else "other"
        if not isinstance(post, str):
            values[f"{_POST}_words"] = values.get(f"{_POST}_words") or tidy(cell)


def _keep_post(values: dict, faults: dict[str, Say]) -> None:
    """Keep a post that is in no list as "other", with the words of the file."""
    if faults.pop(_POST, None):
        values[f"{_POST}_words"] = values.get(f"{_POST}_words") or tidy(str(values[_POST]))
        values[_POST] = "other"


def with_post_holders(lines: list) -> list:
    """Give the post to whoever a column of posts names, in any row of the team.

    Somebody without a row gets one: a leader before the row with the name, a deputy behind it.
    """
    members, holders = defaultdict(set), defaultdict(dict)
    for line in lines:
        members[_team(line.values)].add(text.fold(line.values.get(_NAME)))
        for post in POSTS:
            for name in _named(line.values.get(post) or ""):
                holders[_team(line.values)].setdefault(text.fold(name), post)
    completed = []
    for line in lines:
        team = _team(line.values)
        if post := holders[team].get(text.fold(line.values.get(_NAME))):
            line.values[_ROLE] = post
        more = {post: _further(line, post, members[team]) for post in POSTS}
        completed += [*more["leader"], line, *more["deputy"]]
    return completed


def _further(line, post: str, members: set[str]) -> list:
    """Make lines for the holders of a post who have no row yet."""
    further = []
    for name in _named(line.values.pop(post, None) or ""):
        if text.fold(name) not in members:
            members.add(text.fold(name))
            further.append(_holding(line, name, post))
    return further


def _holding(line, name: str, post: str):
    """Copy the team of a line for the holder of a post, without what the line says about its own member."""
    own = {key: value for key, value in line.values.items() if not key.startswith(_OF_MEMBER) and key not in POSTS}
    faults = {key: fault for key, fault in line.faults.items() if key in own}
    return replace(line, values=own | {_NAME: name, _ROLE: post}, faults=faults, notes=[])


def _team(values: dict) -> tuple[str, str]:
    return text.fold(values.get("hamlet_code")), text.fold(values.get("name"))
