"""The process: Streamlit's Starlette application with our guard, routes and clockwork."""

from contextlib import asynccontextmanager

import anyio
import streamlit as st
from sqlite_utils.utils import sqlite3
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from lib import jobs
from lib.core import accounts, clock, connections, database, health, trusted_time
from lib.core.errors import Problem
from lib.register import founding
from lib.screen import menu_badges, parts, pulse, signin
from lib.screen.guard import Guard
from lib.screen.page import apologise


@asynccontextmanager
async def lifespan(_app):
    """Open and migrate the store, import what the first visitor would wait for, start the clockwork."""
    _prepare()
    db = database.connect()
    trusted_time.begin(db, now=clock.now())
    if not accounts.exist(db):
        print(f"\n  Mã thiết lập / Set-up code: {founding.setup_code()}\n", flush=True)
    db.close()
    await anyio.to_thread.run_sync(_warm)
    clockwork = jobs.Clockwork()
    clockwork.start()
    yield
    await anyio.to_thread.run_sync(clockwork.stop)
    connections.close()


def _prepare() -> None:
    """The store, or one sentence instead of a stack of lines when it cannot be used."""
    try:
        trusted_time.refuse_shift(database.path())
        database.prepare(now=clock.now())
    except Problem as problem:
        raise SystemExit(str(problem)) from problem
    except (sqlite3.DatabaseError, OSError) as fault:
        raise SystemExit(f"The store {database.path()} cannot be used: {fault}. See TUNGNHA_DB.") from fault


def _warm() -> None:
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401


def _health() -> dict:
    db = database.connect()
    try:
        known = health.report(db, next((copy.name for copy in jobs.copies()), None))
        return known | {"clock": trusted_time.told(db, now=clock.now())}
    finally:
        db.close()


async def healthz(_request) -> JSONResponse:
    report = await anyio.to_thread.run_sync(_health)
    return JSONResponse(report, 200 if report["store_writable"] else 503)


app = st.App(
    "pages/index.py",
    lifespan=lifespan,
    routes=[*signin.ROUTES, *pulse.ROUTES, *menu_badges.ROUTES, *parts.ROUTES, Route("/healthz", healthz)],
    middleware=[Middleware(Guard)],
    on_script_error=apologise,
)
