"""A browser without a screen: Streamlit's own websocket protocol, spoken by a program.

Enough of it to open a page signed in, send a Components v2 element its events, and refresh what refreshes itself.
`Tab` knows the protocol, `Browser` speaks it in a thread; `tests/load/crowd.py` holds hundreds in one process.
"""

import json
import time
from collections.abc import Iterable
from pathlib import Path

import jwt
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from lib.core import database
from lib.core.database import rows
from lib.core.identity import authentication
from lib.screen.shell import signin

PATIENCE = 30  # seconds for one run of a script
SHEET = "tungnha_sheet"
PULSE = "pulse"


class Tab:
    """What a browser knows of the page it shows: messages to send, and what the answers say."""

    def __init__(self):
        self.page_hash = None
        self.parts: dict[str, tuple[str, str]] = {}  # component -> its id and its fragment
        self.shown: dict[str, dict] = {}  # component -> the data it shows
        self.timers: dict[str, float] = {}  # fragment -> seconds after which it asks to run again
        self.bytes = 0  # of the last answer
        self._kept: dict[str, ForwardMsg] = {}

    @property
    def data(self) -> dict:
        """What the sheet shows."""
        return self.shown.get(SHEET, {})

    def opening(self, page: str, query: str = "") -> bytes:
        """Run a page from its address, as after typing it."""
        message = self._rerun()
        message.rerun_script.page_name, message.rerun_script.query_string = page, query
        return message.SerializeToString()

    def event(self, component: str, event: str, value) -> bytes:
        """One event of a component, as its setTriggerValue sends it."""
        message, (number, fragment) = self._rerun(), self.parts[component]
        script = message.rerun_script
        script.page_script_hash, script.fragment_id = self.page_hash, fragment
        state = script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{number}__events"
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return message.SerializeToString()

    def refreshing(self, fragment: str) -> bytes:
        """What `run_every` sends: a fragment again."""
        message = self._rerun()
        script = message.rerun_script
        script.page_script_hash, script.fragment_id, script.is_auto_rerun = self.page_hash, fragment, True
        return message.SerializeToString()

    def _rerun(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.cached_message_hashes.extend(self._kept)
        self.bytes = 0
        return message

    def hear(self, raw: bytes) -> bool:
        """Take in one message; True when it ends the answer."""
        self.bytes += len(raw)
        answer = ForwardMsg.FromString(raw)
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.page_hash = answer.new_session.page_script_hash or self.page_hash
            self.timers = {} if not answer.metadata.run.fragment_ids else self.timers
        elif kind == "navigation":
            self.page_hash = answer.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.timers[answer.auto_rerun.fragment_id] = answer.auto_rerun.interval
        elif kind == "ref_hash":
            self._notice(self._kept[answer.ref_hash].delta)
        elif kind == "delta":
            if answer.metadata.cacheable:
                self._kept[answer.hash] = answer
            self._notice(answer.delta)
        return kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _notice(self, delta) -> None:
        element = delta.new_element
        if element.WhichOneof("type") == "bidi_component":
            part = element.bidi_component
            name = part.component_name.rpartition(".")[2]
            self.parts[name] = (part.id, delta.fragment_id)
            self.shown[name] = json.loads(part.json or "{}")


def draft(row: dict, outcome: str, **more) -> dict:
    """An answer to one row of the sheet as its script sends it."""
    return {
        "outcome": outcome,
        "flags": "",
        "note": "",
        "swept": False,
        "needs": [],
        "violations": [],
        "people": [],
        "version": row["version"],
        "was": row["outcome"],
        "sent": None,
        "reason": None,
        "seq": 1,
        **more,
    }


def batch(data: dict, account: int, number: str, answers: dict[str, dict]) -> dict:
    """Answers to rows of the sheet shown, as its script sends them."""
    return {
        "id": number,
        "account": account,
        "team": data["team"],
        "day": data["day"],
        "reason": None,
        "undo": False,
        "go": None,
        "rows": answers,
    }


def open_rows(data: dict) -> list[dict]:
    """The rows that can be answered without a question."""
    return [row for row in data["rows"] if not row["why"] and row["outcome"] != "central_quarantine"]


def tokens(file: Path, accounts: Iterable[int]) -> list[str]:
    """Session tokens of accounts that never changed their password, as the sign-in hands them out."""
    db = database.connect(file)
    secret, late = authentication.signing_key(db), time.time() + 9e8
    db.close()
    return [jwt.encode({"username": f"{account}:1", "exp_date": late}, secret, "HS256") for account in accounts]


def clerks(file: Path, day: str, count: int, *, each: str = "g.area_code") -> list[tuple[int, str, int]]:
    """Account, token and a team with something to do, of as many commune clerks; `each="t.id"` takes every team."""
    db = database.connect(file)
    found = rows(
        db,
        f"""select g.account_id as account, min(t.id) as team from grants g
            join teams t on t.commune_code = g.area_code and t.until_day is null
            join team_day d on d.team_id = t.id and d.day = :day and d.commune_code = t.commune_code and d.due > 5
            where g.role = 'commune' group by {each} order by g.account_id, t.id limit :count""",
        {"day": day, "count": count},
    )
    db.close()
    known = tokens(file, [line["account"] for line in found])
    return [(line["account"], token, line["team"]) for line, token in zip(found, known, strict=True)]


class Browser(Tab):
    """One tab in a thread. `open` runs a page; `trigger` sends an event of the sheet and waits for the answer."""

    def __init__(self, port: int, token: str):
        super().__init__()
        self._connection = connect(f"ws://127.0.0.1:{port}/_stcore/stream", **handshake(port, token))
        self.socket = self._connection.__enter__()

    def open(self, page: str, query: str = "") -> None:
        self._run(self.opening(page, query))

    def trigger(self, event: str, value) -> dict:
        """The data the sheet shows afterwards."""
        self._run(self.event(SHEET, event, value))
        return self.data

    def _run(self, message: bytes) -> None:
        self.socket.send(message)
        while not self.hear(self.socket.recv(timeout=PATIENCE)):
            pass

    def close(self) -> None:
        self._connection.__exit__(None, None, None)


def handshake(port: int, token: str) -> dict:
    """How a websocket is opened by somebody signed in."""
    return {
        "additional_headers": {"Cookie": f"{signin.COOKIE}={token}"},
        "origin": f"http://localhost:{port}",
        "subprotocols": ["streamlit"],
        "max_size": None,
    }
