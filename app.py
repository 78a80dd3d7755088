"""The process: Streamlit's Starlette application with our routes, guard and timed jobs."""

from contextlib import asynccontextmanager

import streamlit as st

from lib.core import clock, database
from lib.screen import signin


@asynccontextmanager
async def lifespan(_app):
    database.prepare(now=clock.now())
    yield


app = st.App("pages/index.py", lifespan=lifespan, routes=signin.ROUTES)
