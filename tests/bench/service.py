"""A server on the full store, with one, fifty and two hundred simulated browsers on loopback.

The browsers share the machine with the server: on two cores they take from it what two hundred people would not.
"""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lib.core import database, rollup
from lib.core.database import value, write
from tests.bench.measure import cores_used, note, share
from tests.bench.store import TODAY
from tests.load.client import batch, clerks, draft, open_rows, tokens
from tests.load.crowd import Visitor
from tests.server import Server

SECONDS = 8  # of each measurement without pauses
LONG = 20  # of each with
EVERY = 5  # seconds between two looks of a watcher
PAUSE = 10  # seconds between two saves of a clerk
Who = tuple[int, str, int | None]  # account, token, team
Deed = Callable[[Visitor, Who], Awaitable[None]]


@dataclass(frozen=True)
class Told:
    """How a crowd was served: seconds of each answer, how long it took in all, processor seconds of the server."""

    waited: list[float]
    wall: float
    used: float | None

    @property
    def rate(self) -> float:
        return len(self.waited) / self.wall

    def ms(self, part: float) -> float:
        return share(self.waited, part) * 1000


async def crowd(server: Server, people: list[tuple[Who, str, str, Deed, float]], seconds: float) -> dict[Deed, Told]:
    """Everybody opens their page; then each does their deed again and again, with a pause in seconds between."""
    visitors = []
    for some in itertools.batched(people, 20) if hasattr(itertools, "batched") else [people]:
        visitors += await asyncio.gather(
            *(Visitor(server.port, who[1]).enter(page, query) for who, page, query, _do, _pause in some)
        )
    waited: dict[Deed, list[float]] = {do: [] for *_rest, do, _pause in people}
    before, start = cores_used(server.process.pid), time.perf_counter()

    async def live(visitor: Visitor, who: Who, do: Deed, pause: float) -> None:
        await asyncio.sleep(random.random() * pause)
        while time.perf_counter() < start + seconds:
            begun = time.perf_counter()
            await do(visitor, who)
            waited[do].append(time.perf_counter() - begun)
            await asyncio.sleep(max(0, pause - waited[do][-1]))

    await asyncio.gather(
        *(live(v, who, do, pause) for v, (who, _page, _query, do, pause) in zip(visitors, people, strict=True))
    )
    wall, used = time.perf_counter() - start, before and cores_used(server.process.pid) - before
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    return {do: Told(times, wall, used) for do, times in waited.items()}


_numbers = itertools.count()


async def save(visitor: Visitor, who: Who) -> None:
    """One row, as a clerk's key does it."""
    row = random.choice(open_rows(visitor.data))
    outcome = "phone" if row["outcome"] == "met" else "met"
    sent = batch(visitor.data, who[0], f"b{next(_numbers)}", {row["code"]: draft(row, outcome)})
    told = (await visitor.trigger("save", sent))["told"]
    assert told["rows"][row["code"]]["state"] == "saved", told


async def redraw(visitor: Visitor, _who: Who) -> None:
    await visitor.refresh()


async def watch(visitor: Visitor, _who: Who) -> None:
    await visitor.beat()


def at_the_sheet(people: list[Who], pause: float = 0) -> list:
    return [(who, "sheet", f"team={who[2]}", save, pause) for who in people]


def at_the_board(people: list[Who], do: Deed, pause: float = 0) -> list:
    return [(who, "leaderboard", "", do, pause) for who in people]


def several(people: list[Who], count: int) -> list[Who]:
    return list(itertools.islice(itertools.cycle(people), count))


def readers(file: Path) -> list[Who]:
    """The accounts of the districts, who look at the province's board."""
    db = database.connect(file)
    found = [account for (account,) in db.conn.execute("select account_id from grants where role = 'district'")]
    db.close()
    return [(account, token, None) for account, token in zip(found, tokens(file, found), strict=True)]


def bench_reruns(server: Server) -> None:
    """(e) Saves of one row, and refreshes of the board that draw everything anew, as many as the server can do."""
    clerks_of = clerks(server.store, TODAY, 200, each="t.id")
    watchers = readers(server.store)
    asyncio.run(crowd(server, at_the_sheet(clerks_of[:5]) + at_the_board(watchers[:5], redraw), 2))  # warm
    for count in (1, 50, 200):
        people = at_the_sheet(several(clerks_of, count))
        told = asyncio.run(crowd(server, people, SECONDS))[save]
        _note_reruns("sheet: saves", count, told)
    for count in (1, 50, 200):
        told = asyncio.run(crowd(server, at_the_board(several(watchers, count), redraw), SECONDS))[redraw]
        _note_reruns("board: refreshes", count, told)
    people = at_the_sheet(several(clerks_of, 200), PAUSE)
    told = asyncio.run(crowd(server, people, LONG))[save]
    note(f"e  200 clerks saving every {PAUSE} s, p50", told.ms(0.5), "ms", "")
    note(f"e  200 clerks saving every {PAUSE} s, p95", told.ms(0.95), "ms", "<= 150", told.ms(0.95) <= 150)


def _note_reruns(what: str, count: int, told: Told) -> None:
    full = count > 1  # one browser alone waits for the network in between
    note(
        f"e  {what} per second, {count} at once",
        told.rate,
        "/s",
        ">= 120" if full else "",
        told.rate >= 120 if full else None,
    )
    note(f"e  {what}, {count} at once, p50", told.ms(0.5), "ms", "")
    note(f"e  {what}, {count} at once, p95", told.ms(0.95), "ms", "")


def bench_watchers(server: Server) -> None:
    """(f) Two hundred who watch the province, while nothing is written and while five rows a second are."""
    watchers = at_the_board(several(readers(server.store), 200), watch, EVERY)
    clerk = at_the_sheet(clerks(server.store, TODAY, 1), 0.2)
    for words, people in (("nothing is written", watchers), ("5 saves a second are made", watchers + clerk)):
        told = asyncio.run(crowd(server, people, LONG))[watch]
        if told.used is not None:
            cores = told.used / told.wall
            note(f"f  200 watchers while {words}", cores, "cores", "<= 0.25", cores <= 0.25)
        note(f"f  200 watchers while {words}, p95", told.ms(0.95), "ms", "")


async def _first(server: Server, who: Who) -> float:
    start = time.perf_counter()
    visitor = await Visitor(server.port, who[1]).enter("leaderboard")
    taken = time.perf_counter() - start
    await visitor.close()
    return taken


def bench_first(server: Server) -> None:
    """(g) A new session opens the board of the province: until the last of its messages is here."""
    who = readers(server.store)[0]
    asyncio.run(_first(server, who))
    taken = median(asyncio.run(_first(server, who)) for _n in range(7))
    note("g  board of the province, a new session, all received", taken * 1000, "ms", "")


def bench_long_sheet(server: Server, teams: dict[int, Who]) -> None:
    """(h) A save on a sheet of 70 households against one of 30."""
    waited = {}
    for rows, who in teams.items():
        told = asyncio.run(crowd(server, at_the_sheet([who]), SECONDS / 2))[save]
        waited[rows] = told.ms(0.5)
        note(f"h  save on a sheet of {rows} households, round trip", waited[rows], "ms", "")
    ratio = waited[70] / waited[30]
    note("h  round trip of 70 households against 30", ratio, "ratio", "<= 1.3", ratio <= 1.3)


def long_teams(file: Path) -> dict[int, Who]:
    """Two teams of the largest commune that get 30 and 70 of its households; what they had else is nobody's."""
    db = database.connect(file)
    largest = "select commune_code from team_day where day = ? group by commune_code order by sum(due) desc limit 1"
    commune = value(db, largest, [TODAY])
    teams = _first_column(db, "select team_id from team_day where day = ? and commune_code = ? limit 2", commune)
    due = _first_column(db, "select household_id from due_households where day = ? and commune_code = ?", commune)
    with write(db):
        db.conn.execute(
            "update assignments set until_day = ? where team_id in (?, ?) and until_day is null", [TODAY, *teams]
        )
        touched = _given(db, due[:30], teams[0]) | _given(db, due[30:100], teams[1])
        rollup.recount(db, teams=touched, since=TODAY)
    account = value(db, "select account_id from grants where role = 'commune' and area_code = ?", [commune])
    db.close()
    token = tokens(file, [account])[0]
    return {30: (account, token, teams[0]), 70: (account, token, teams[1])}


def _first_column(db, sql: str, commune: str) -> list:
    return [first for (first,) in db.conn.execute(sql, [TODAY, commune])]


def _given(db, households: list[int], team: int) -> set[int]:
    """Let a member of the team mind them from today on; all teams this touches."""
    places = {"team": team, "ids": json.dumps(households), "day": TODAY}
    chosen = "household_id in (select value from json_each(:ids))"
    before = _teams_of(db, chosen, places)
    db.conn.execute(f"update assignments set until_day = :day where until_day is null and {chosen}", places)
    db.conn.execute(
        """insert into assignments (household_id, member_id, team_id, from_day)
           select value, (select min(id) from members where team_id = :team and until_day is null), :team, :day
           from json_each(:ids)""",
        places,
    )
    return before | {team}


def _teams_of(db, chosen: str, places: dict) -> set[int]:
    return {team for (team,) in db.conn.execute(f"select team_id from assignments where {chosen}", places)}
