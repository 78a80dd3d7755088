"""A browser without a screen: Streamlit's own websocket protocol, spoken by a program.

Enough of it to open a page signed in, find a Components v2 element and send it a trigger.
"""

import json

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 30  # seconds for one run of a script


class Browser:
    """One tab. `open` runs a page; `trigger` sends an event of its component and waits for the answer."""

    def __init__(self, port: int, token: str):
        self._connection = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            additional_headers={"Cookie": f"tungnha_session={token}"},
            origin=f"http://localhost:{port}",
            subprotocols=["streamlit"],
            max_size=None,
        )
        self.socket = self._connection.__enter__()
        self.page_hash = self.component = self.fragment = None
        self.data: dict = {}

    def open(self, page: str, query: str = "") -> None:
        """Run a page from its address, as after typing it."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        self._run(message)

    def trigger(self, event: str, value) -> dict:
        """Send one event of the page's component, as its setTriggerValue does; the data it shows afterwards."""
        message = BackMsg()
        script = message.rerun_script
        script.page_script_hash, script.fragment_id = self.page_hash, self.fragment
        state = script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self.component}__events"
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        self._run(message)
        return self.data

    def refresh(self) -> None:
        """What `run_every` sends: the fragment again."""
        message = BackMsg()
        script = message.rerun_script
        script.page_script_hash, script.fragment_id, script.is_auto_rerun = self.page_hash, self.fragment, True
        self._run(message)

    def _run(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.page_hash = answer.new_session.page_script_hash or self.page_hash
            elif kind == "delta":
                self._notice(answer.delta)
            elif kind == "script_finished":
                return

    def _notice(self, delta) -> None:
        element = delta.new_element
        self.fragment = delta.fragment_id or self.fragment
        if element.WhichOneof("type") == "bidi_component":
            self.component = element.bidi_component.id
            self.data = json.loads(element.bidi_component.json or "{}")

    def close(self) -> None:
        self._connection.__exit__(None, None, None)
