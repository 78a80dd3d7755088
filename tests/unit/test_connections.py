"""A connection goes from one run to the next, and nothing of the last visitor goes with it."""

import shutil
import threading

import pytest

from lib.core import access, connection_pool
from lib.core.database import connect, set_setting, value, write
from tests import world


@pytest.fixture(autouse=True)
def _closed(store):
    """Each test begins and ends with none."""
    connection_pool.close()
    yield
    connection_pool.close()


def in_a_run(do):
    """What `do(db)` returns in a thread of its own, as a run has it."""
    found = []
    run = threading.Thread(target=lambda: found.append(do(connection_pool.of_run())))
    run.start()
    run.join()
    return found[0]


def as_visitor(name):
    """Which connection a run of one of the cast got, and how many households it sees on it."""

    def look(db):
        access.bind(db, access.user(db, world.CAST[name][0], world.DAY), world.DAY)
        return id(db), value(db, "select count(*) from my_households"), value(db, "select count(*) from my_visits")

    return in_a_run(look)


def test_the_next_run_takes_over_what_the_last_one_left():
    assert in_a_run(id) == in_a_run(id)


def test_each_visitor_on_the_same_connection_sees_their_own_area():
    seen = [as_visitor(name) for name in ("mai", "an", "chi", "quan", "binh", "an")]
    assert len({connection for connection, *_counts in seen}) == 1
    assert [households for _connection, households, _visits in seen] == [96, 8, 24, 0, 48, 8]


def test_the_views_follow_the_grant_and_the_day(store):
    own = connect(store)
    assert as_visitor("an")[1] == 8
    with write(own):
        own.conn.execute("update grants set role = 'leader' where account_id = ?", [world.CAST["an"][0]])
    assert as_visitor("an")[1] == 24
    with write(own):
        own.conn.execute("update grants set until_day = ? where account_id = ?", [world.DAY, world.CAST["an"][0]])
    assert as_visitor("an")[1] == 0
    own.close()


def test_bound_again_for_the_same_visitor_nothing_is_made_anew():
    as_visitor("binh")
    made = []

    def look(db):
        db.conn.set_trace_callback(made.append)
        access.bind(db, access.user(db, world.CAST["binh"][0], world.DAY), world.DAY)
        db.conn.set_trace_callback(None)

    in_a_run(look)
    assert made and not [sql for sql in made if sql.startswith(("create", "drop"))]


def test_a_visitor_nobody_knows_sees_nothing_on_a_used_connection():
    as_visitor("mai")

    def look(db):
        access.bind(db, None, world.DAY)
        return value(db, "select count(*) from my_households") + value(db, "select count(*) from my_persons")

    assert in_a_run(look) == 0


def test_another_thread_cannot_use_a_run_s_connection():
    db = connection_pool.of_run()
    faults = []

    def use():
        try:
            value(db, "select 1")
        except RuntimeError as fault:
            faults.append(fault)

    other = threading.Thread(target=use)
    other.start()
    other.join()
    assert faults and value(db, "select 1") == 1


def test_runs_at_the_same_time_have_connections_of_their_own():
    together = threading.Barrier(8)
    found = []

    def run():
        found.append(connection_pool.of_run())
        together.wait()

    runs = [threading.Thread(target=run) for _n in range(8)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert len(set(map(id, found))) == 8


def test_no_run_reads_an_old_state_because_a_statement_was_left_open(store):
    left = []
    in_a_run(lambda db: left.append(db.conn.execute("select id from households")) or left[0].fetchone())
    own = connect(store)
    set_setting(own, "written", "since")
    own.close()
    assert in_a_run(lambda db: value(db, "select value from settings where key = 'written'")) == "since"


def test_a_run_that_died_within_a_transaction_leaves_nothing_of_it():
    in_a_run(lambda db: db.conn.execute("begin immediate"))
    in_a_run(lambda db: set_setting(db, "next", "writes"))


def test_a_store_put_in_the_place_of_another_is_read_at_once(store):
    other = store.with_name("other.db")
    in_a_run(lambda db: set_setting(db, "which", "first"))
    own = connect(store)
    own.conn.execute("vacuum into ?", [str(other)])
    set_setting(own, "which", "second")
    own.close()
    for left in (store, store.with_name(f"{store.name}-wal"), store.with_name(f"{store.name}-shm")):
        left.unlink(missing_ok=True)
    shutil.move(other, store)
    assert in_a_run(lambda db: value(db, "select value from settings where key = 'which'")) == "first"


def test_only_some_stay_open_when_nobody_uses_them():
    test_runs_at_the_same_time_have_connections_of_their_own()
    for _n in range(3):
        runs = [threading.Thread(target=connection_pool.of_run) for _n in range(30)]
        for one in runs:
            one.start()
        for one in runs:
            one.join()
    in_a_run(id)
    assert len(connection_pool._pool.open) <= connection_pool.IDLE
