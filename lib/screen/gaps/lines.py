"""The rows of a kind of gap as lines of a list: the name, the place, and a link to the page that mends it."""

from lib.core.access import User
from lib.core.words import phone
from lib.screen import list_words
from lib.screen.home.lines import item, place
from lib.screen.i18n import _, area, day, ngettext, number, say
from lib.screen.labels import AVAILABILITY
from lib.screen.widgets.named_list import address


def lines(kind: str, rows: list[dict], user: User) -> list[dict]:
    return [_KINDS[kind](row, user) for row in rows]


def _nobody(household: dict, user: User) -> dict:
    may_assign = user.can("assignment.give")
    return item(
        household["head_name"],
        facts=[place(household), area(household["hamlet_kind"], household["hamlet_name"])],
        href=address("households", household=household["code"]),
        side=_("given from {day}").format(day=day(household["given_from"])) if household["given_from"] else "",
        phone=phone.spaced(household["phone"]),
        verb=_("Assign"),
        to=may_assign and address("assignments", hamlet=household["hamlet_code"], household=household["code"]),
    )


def _away(member: dict, user: User) -> dict:
    n, team = member["households"], address("teams", team=member["team_id"])
    households = ngettext("{n} household", "{n} households", n).format(n=number(n))
    return item(
        member["full_name"],
        facts=[member["team_name"], _(AVAILABILITY[member["availability"]])],
        href=team,
        side=households,
        phone=phone.spaced(member["phone"]),
        verb=_("Choose a substitute"),
        to=user.can("team.manage") and address("teams", team=member["team_id"], leaver=member["id"]),
    )


def _unlisted(commune: dict, user: User) -> dict:
    """A commune with what is expected of it, and the way to load its lists."""
    return item(
        area(commune["kind"], commune["name"]),
        facts=[area(commune["parent_kind"], commune["parent_name"])],
        side=list_words.registered(commune) or list_words.unknown(commune),
        verb=_("Import from Excel"),
        to=user.can("list.import") and address("exchange"),
    )


def _empty(hamlet: dict, user: User) -> dict:
    return item(
        area(hamlet["kind"], hamlet["name"]),
        side=_("no household yet"),
        verb=_("Register households"),
        to=user.can("household.register") and address("households"),
    )


def _idle(warning: dict, user: User) -> dict:
    link = user.can("assignment.give") and address("assignments", team=warning["team_id"])
    return _warned(warning, user) | {"to": link or "", "verb": _("Assign households")}


def _teamless(hamlet: dict, user: User) -> dict:
    n = hamlet["households"]
    return item(
        area(hamlet["kind"], hamlet["name"]),
        side=ngettext("{n} household", "{n} households", n).format(n=number(n)),
        verb=_("Create a team"),
        to=user.can("team.manage") and address("teams", team="new"),
    )


def _warned(warning: dict, user: User) -> dict:
    """A team and the rule it does not fit, with the next step for who may take it."""
    manages, team = user.can("team.manage"), address("teams", team=warning["team_id"])
    facts = [sentence.removesuffix(".") for sentence in (say(warning["say"]), _(warning["step"]) if manages else "")]
    return item(warning["team"]["name"], facts=facts, href=team, verb=_("Fix"), to=manages and team)


def _warned_load(warning: dict, user: User) -> dict:
    link = user.can("assignment.give") and address("assignments", team=warning["team_id"])
    return _warned(warning, user) | {"to": link or "", "verb": _("Hand some over")}


def _silent(team: dict, user: User) -> dict:
    due = ngettext("{n} household", "{n} households", team["due"]).format(n=number(team["due"]))
    return item(
        team["name"],
        facts=[area(team["hamlet_kind"], team["hamlet_name"]), team["leader"]],
        href=address("teams", team=team["id"]),
        side=due,
        phone=phone.spaced(team["phone"]),
        verb=_("Enter"),
        to=user.can("visit.enter") and address("sheet", team=team["id"]),
    )


def _unreachable(member: dict, user: User) -> dict:
    side = (
        _("cannot be dialled: {phone}").format(phone=member["phone"]) if member["phone"] else _("no telephone number")
    )
    return item(
        member["full_name"], facts=[member["team_name"]], side=side, href=address("teams", team=member["team_id"])
    )


_KINDS = {
    "unlisted": _unlisted,
    "missing": _unlisted,
    "empty": _empty,
    "idle": _idle,
    "nobody": _nobody,
    "away": _away,
    "teamless": _teamless,
    "models": _warned,
    "silent": _silent,
    "load": _warned_load,
    "size": _warned,
    "leader": _warned,
    "phone": _unreachable,
}
