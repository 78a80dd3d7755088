"""Invents the numbers that practice units enter themselves: those of the day, and the opening balances.

Numbers of the health service are the district's own and cover all its communes; the others are sums of those that sent.
"""

from random import Random

from sqlite_utils import Database

from lib.core import clock

SINCE = "2021-04-27"
# The most events of a commune on a usual day; and the most of each stock at the beginning.
_FLOWS = {"documents": 2, "inspections": 2, "loudspeaker": 9, "suspected_sampled": 12, "cases_new": 3, "relief": 15}
_STOCKS = {"contacts_f1": 25, "contacts_f2": 80, "home_isolation": 18}
_HEALTH = ("suspected_sampled", "cases_new", *_STOCKS)  # from the health service, with its name as the source
_BEFORE = {"suspected_sampled": 400, "cases_new": 45, "relief": 300}  # before the program, at most, of a commune
_DESKS = {"commune": "Trạm Y tế", "district": "Trung tâm Y tế", "province": "Sở Y tế"}


class Numbers:
    """The numbers of all units: `turn` begins a day, `of` returns a unit's numbers, `sent` notes that it sent them."""

    def __init__(self, random: Random, communes: list, districts: list, province):
        self.random, self.communes = random, communes
        self.below = {
            district.code: [one.code for one in communes if one.parent_code == district.code] for district in districts
        } | {province.code: [one.code for one in districts]}
        self.areas = [*communes, *districts, province]
        # One commune in four has cases day after day, the others now and then.
        self.ill = {one.code: random.random() < 0.25 for one in communes}
        self.stocks = {one.code: {code: random.randint(0, most) for code, most in _STOCKS.items()} for one in communes}
        self.today: dict[str, dict[str, int]] = {}
        self.reported: dict[str, dict[str, int]] = {}  # today's numbers of the units that sent theirs

    def open(self, db: Database, senders: dict[str, int], first: str) -> None:
        """Enter each unit's opening balances, up to the day before the first."""
        until, at = clock.plus(first, -1), clock.at(first, "08:00")
        values = {
            one.code: {code: self.random.randint(0, most) for code, most in _BEFORE.items()} for one in self.communes
        }
        for area in self.areas:
            of_area = self._summed(area.code, values)
            for code, value in of_area.items():
                db.conn.execute(
                    """insert into opening_balances
                           (area_code, indicator, value, since_day, until_day, source, at, account_id)
                       values (?, ?, ?, ?, ?, ?, ?, ?)""",
                    [area.code, code, value, SINCE, until, _DESKS[area.level], at, senders.get(area.code)],
                )

    def turn(self) -> None:
        """Begin another day: draw every commune's numbers; nobody has sent yet."""
        self.reported = {}
        self.today = {one.code: self._day(one.code) for one in self.communes}

    def _day(self, code: str) -> dict[str, int]:
        stocks, random = self.stocks[code], self.random
        for name, most in _STOCKS.items():
            stocks[name] = max(0, stocks[name] + random.randint(-most // 6, most // 6))
        day = {name: random.randint(0, most) for name, most in _FLOWS.items()}
        if not self.ill[code] and random.random() < 0.8:
            day["cases_new"] = 0
        return day | stocks

    def sent(self, area) -> None:
        self.reported[area.code] = {code: entry["value"] for code, entry in self.of(area).items()}

    def of(self, area) -> dict[str, dict]:
        """Return `{indicator: {value, reason, units}}` as the unit enters them."""
        every = self._summed(area.code, self.today)
        if area.level == "commune":
            return {
                code: {"value": n, "reason": _DESKS["commune"] if code in _HEALTH else ""} for code, n in every.items()
            }
        units = sorted(code for code in self.below[area.code] if code in self.reported)
        some = self._total([self.reported[code] for code in units])
        of = f"tổng của {len(units)}/{len(self.below[area.code])} đơn vị"
        values = {code: {"value": n, "reason": _DESKS[area.level]} for code, n in every.items() if code in _HEALTH}
        return values | {
            code: {"value": n, "reason": of, "units": units} for code, n in some.items() if code not in _HEALTH
        }

    def _summed(self, code: str, values: dict[str, dict[str, int]]) -> dict[str, int]:
        """Return a commune's own numbers, or the sum of the units below."""
        if code in values:
            return values[code]
        return self._total([self._summed(below, values) for below in self.below[code]])

    @staticmethod
    def _total(values: list[dict[str, int]]) -> dict[str, int]:
        return {name: sum(one[name] for one in values) for name in values[0]} if values else {}
