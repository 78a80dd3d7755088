"""The process: Streamlit's Starlette application with our guard, routes and clockwork."""

import logging
import sys
from contextlib import asynccontextmanager

import anyio
import streamlit as st
from sqlite_utils.utils import sqlite3
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from lib.core import clock, connection_pool, database, trusted_time
from lib.core.errors import Problem
from lib.core.identity import accounts
from lib.operations import health, store_lock
from lib.operations.clockwork import Clockwork
from lib.register.areas import store_setup
from lib.screen.gate import unsaid, wire
from lib.screen.gate.guard import Guard
from lib.screen.shell import assets, menu_badges, pulse, signin
from lib.screen.shell.page import apologise


@asynccontextmanager
async def lifespan(_app):
    """Open and migrate the store, import what the first visitor would wait for, start the clockwork."""
    _prepare()
    db = database.connect()
    trusted_time.begin(db, now=clock.now())
    if not accounts.exist(db):
        print(f"\n  Mã thiết lập / Set-up code: {store_setup.setup_code()}\n", flush=True)
    db.close()
    await anyio.to_thread.run_sync(_warm)
    clockwork = Clockwork()
    clockwork.start()
    yield
    await anyio.to_thread.run_sync(clockwork.stop)
    connection_pool.close()


def _prepare() -> None:
    """The store, or one sentence instead of a stack of lines when it cannot be used."""
    try:
        store_lock.share(database.path())
        trusted_time.refuse_shift(database.path())
        store_lock.share(database.prepare(now=clock.now()))
    except (sqlite3.DatabaseError, OSError, Problem) as fault:
        logging.getLogger("uvicorn.error").addFilter(lambda line: "Traceback" not in line.getMessage())
        print(f"\n  {database.path()}: {database.trouble(fault) or fault}\n", file=sys.stderr, flush=True)
        raise SystemExit(1) from None


def _warm() -> None:
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401


async def healthz(_request) -> JSONResponse:
    return JSONResponse(*await anyio.to_thread.run_sync(health.answer, clock.now()))


wire.bound()
unsaid.hold_back()
app = st.App(
    "pages/index.py",
    lifespan=lifespan,
    routes=[*signin.ROUTES, *pulse.ROUTES, *menu_badges.ROUTES, *assets.ROUTES, Route("/healthz", healthz)],
    middleware=[Middleware(Guard)],
    on_script_error=apologise,
)
