"""What people wrote for a report: what was sent, or the draft of one's own."""

from sqlite_utils import Database

from lib.core import clock
from lib.oversight import drafts, reports

NOTHING = ("không", "khong", "không có", "không.", "không có.")  # written where there are no difficulties


class Entered:
    """Words and entered numbers of a unit, and of those below as far as they stood as sent at 15:00."""

    def __init__(self, db: Database, code: str, day: str, below: list[str], *, mine: bool):
        sent = reports.sent(db, [code], day, by="9")
        draft = drafts.read(db, code, day)["content"] if mine else drafts.EMPTY
        own = draft if mine and draft["narratives"] | draft["manual"] else sent.get(code, drafts.EMPTY)
        yesterday = reports.sent(db, [code], clock.plus(day, -1), by="9").get(code, drafts.EMPTY)
        self.manual, self.narratives = own["manual"], own["narratives"]
        self.before = yesterday["manual"]
        self.of_units = reports.stood(db, below, day, by=clock.at(day, reports.CLOSES))
        self.preparer = reports.sender(db, code, day)

    def below(self, indicator: str) -> int | None:
        """The sum of what the units below entered: what a number is filled in with beforehand."""
        found = [one["manual"][indicator]["value"] for one in self.of_units.values() if indicator in one["manual"]]
        return sum(found) if found else None

    def themes(self, told: list[dict]) -> list[dict]:
        """Difficulties and proposals of the units, equal words once: `{theme, units, text}`."""
        found: dict[tuple[str, str], list[str]] = {}
        for unit in told:
            for theme in ("difficulties", "proposals"):
                words = self.of_units.get(unit["code"], drafts.EMPTY)["narratives"].get(theme, "")
                if words and words.strip().casefold() not in NOTHING:
                    found.setdefault((theme, words), []).append(f"{unit['kind']} {unit['name']}")
        return [{"theme": theme, "units": names, "text": words} for (theme, words), names in sorted(found.items())]
