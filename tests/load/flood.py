"""Thirty clerks save while strangers flood the door: how long a save takes before and during, and that nothing is lost.

`python -m tests.load.flood` builds a practice province and lets the clerks work alone for a while. Then, from a process
of their own, 150 strangers sign in at once, a hundred leave files of 5 MB and ten send names of 20 MB, every five
seconds anew. It prints the 95th of a hundred saves before and during, and ends with 1 when something was lost or
somebody got in.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from lib.core import database
from lib.core.database import rows
from lib.core.identity import authentication, password_hashing
from lib.practice import province
from tests import world
from tests.load.client import clerks
from tests.load.test_load import Clerk, after, check_store, stored
from tests.server import Server

CLERKS, SECONDS, PAUSE = 30, 20, 5
THINKS = float(os.environ.get("THINKS", 2))  # seconds from an answer to the next save; six rows at once
SIGN_INS, FILES, NAMES = 150, 100, 10
FILE, NAME = b"x" * 5_000_000, 20_000_000


class Timed(Clerk):
    """A clerk who notes when each save was answered, and how long it took."""

    def __init__(self, *args):
        super().__init__(*args)
        self.took: list[tuple[float, float]] = []

    def _save(self, browser, number: str) -> None:
        begun = time.monotonic()
        super()._save(browser, number)
        self.took.append((begun, time.monotonic() - begun))
        time.sleep(THINKS * self.random.uniform(0.5, 1.5))


class Stranger(threading.Thread):
    """One of a kind of flood, once."""

    def __init__(self, port: int, number: int):
        super().__init__(daemon=True)
        self.port, self.number, self.end, self.inside = port, number, "cut off", False

    def run(self) -> None:
        with suppress(OSError, WebSocketException, http.client.HTTPException):
            self.once()

    def page(self):
        return connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=["streamlit"],
            max_size=None,
            proxy=None,
            open_timeout=10,
        )


class SignsIn(Stranger):
    """Opens the sign-in, types a name and a wrong password, and reads the answer."""

    def once(self) -> None:
        with self.page() as line:
            fields = self._run(line, BackMsg())
            message = BackMsg()
            for name, (number, is_button) in fields.items():
                state = message.rerun_script.widget_states.widgets.add(id=number)
                if is_button:
                    state.trigger_value = True
                else:
                    state.string_value = "xa.thanhphuoc" if "username" in name else f"sai {self.number}"
            self._run(line, message)
            self.end = "answered"

    def _run(self, line, message: BackMsg) -> dict[str, tuple[str, bool]]:
        message.rerun_script.page_name = ""
        line.send(message.SerializeToString())
        found = {}
        while (answer := ForwardMsg.FromString(line.recv(10))).WhichOneof("type") != "script_finished":
            element = answer.delta.new_element
            if element.text_input.id:
                found[element.text_input.id] = (element.text_input.id, False)
            if element.button.is_form_submitter:
                found[element.button.id] = (element.button.id, True)
            self.inside |= "/auth/in" in element.html.body
        return found


class LeavesFiles(Stranger):
    """Puts 5 MB at an address of its own page."""

    def once(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request("PUT", f"/_stcore/upload_file/{self.number}/1", FILE)
        self.end = str(line.getresponse().status)
        self.inside = self.end < "300"
        line.close()


class SendsNames(Stranger):
    """A user name of 20 MB."""

    def once(self) -> None:
        with self.page() as line:
            line.send(_LONG)
            line.recv(10)
            self.end = "answered"


_LONG = BackMsg()
_LONG.rerun_script.widget_states.widgets.add(id="x", string_value="ậ" * (NAME // 3))
_LONG = _LONG.SerializeToString()
KINDS = {SignsIn: SIGN_INS, LeavesFiles: FILES, SendsNames: NAMES}


def strangers(port: int, since: float, until: float) -> None:
    """Wave after wave; prints how each ended as JSON."""
    time.sleep(max(0.0, since - time.monotonic()))
    told: Counter[str] = Counter()
    inside = False
    while time.monotonic() < until:
        wave = [kind(port, number) for kind, many in KINDS.items() for number in range(many)]
        next_ = time.monotonic() + PAUSE
        for stranger in wave:
            stranger.start()
        for stranger in wave:
            stranger.join()
            told[f"{type(stranger).__name__} {stranger.end}"] += 1
            inside |= stranger.inside
        time.sleep(max(0.0, next_ - time.monotonic()))
    print(json.dumps({"inside": inside, "told": told}), flush=True)


def ninety_fifth(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)] if took else float("nan")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practice.db"
        database.prepare(file, now=world.NOW)
        db = database.connect(file)
        province.build(
            db, province.Extent(days=2), now=world.NOW, password_hash=password_hashing.hashed(province.PASSWORD)
        )
        authentication.signing_key(db)
        db.close()
        server = Server(file).start()
        try:
            return _flood(file, server)
        finally:
            server.stop()
            print(server.log.read_text("utf-8", "replace")[-2000:])


def _flood(file: Path, server: Server) -> int:
    begun = time.monotonic() + 8  # the pages open first
    turn, end = begun + SECONDS, begun + 2 * SECONDS
    crowd = [Timed(server.port, who, after(end), seed) for seed, who in enumerate(clerks(file, world.DAY, CLERKS))]
    for clerk in crowd:
        clerk.start()
    flood = subprocess.Popen(
        [sys.executable, "-m", "tests.load.flood", str(server.port), str(turn), str(end)],
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.nice(10),  # in life they have their own machines
    )
    for clerk in crowd:
        clerk.join(timeout=4 * SECONDS)
    told = json.loads(flood.communicate(timeout=60)[0])
    saves = [each for clerk in crowd for each in clerk.took]
    before = [took for at, took in saves if begun <= at < turn]
    during = [took for at, took in saves if at >= turn]
    kept = stored(file)
    lost = [code for clerk in crowd for code, outcome in clerk.told.items() if kept.get(code) != outcome]
    faults = [clerk.fault for clerk in crowd if clerk.fault]
    db = database.connect(file)
    signed_in = rows(db, "select 1 from audit_log where action = 'signin'")
    tries = rows(db, "select count(*) as n from audit_log where action = 'signin.failed'")[0]["n"]
    db.close()
    check_store(file)
    inside = signed_in or told["inside"]
    print(f"wrong passwords looked at {tries}; {told['told']}")
    print(
        f"saves before {len(before)}, 95th {ninety_fifth(before) * 1000:.0f} ms; "
        f"during {len(during)}, 95th {ninety_fifth(during) * 1000:.0f} ms; "
        f"lost {len(lost)}, faults {faults}, got in {bool(inside)}"
    )
    return 1 if lost or faults or inside else 0


if __name__ == "__main__":
    if len(sys.argv) == 4:
        strangers(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
        os._exit(0)
    sys.exit(main())
