"""Strangers at the door of a running server: what they may send, leave there and hold open."""

import platform
import shutil
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from lib.screen.gate import sockets, uploads
from lib.screen.shell import signin
from tests import world
from tests.load.client import tokens
from tests.server import ROOT, Server

FIVE_MB = b"x" * 5_000_000


@pytest.fixture(scope="module")
def server(template, tmp_path_factory):
    file = Path(shutil.copy(template, tmp_path_factory.mktemp("door") / "store.db"))
    running = Server(file).start()
    yield running
    running.stop()


class Page:
    """A page open in a browser of nobody, or of one of the cast."""

    def __init__(self, server: Server, who: str | None = None):
        [token] = tokens(server.store, [world.CAST[who][0]]) if who else [""]
        self.server, self.cookie = server, f"{signin.COOKIE}={token}"
        self._connection = connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            max_size=None,
            proxy=None,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": self.cookie},
        )
        self.socket = self._connection.__enter__()
        self.session = ""

    def opens(self) -> "Page":
        message = BackMsg()
        message.rerun_script.page_name = "exchange"
        self.socket.send(message.SerializeToString())
        while (answer := ForwardMsg.FromString(self.socket.recv(20))).WhichOneof("type") != "script_finished":
            self.session = self.session or answer.new_session.initialize.session_id
        return self

    def addresses(self, *names: str) -> list[str]:
        """Where files of these names may be put, as the server tells; none when it is silent for a while."""
        message = BackMsg()
        message.file_urls_request.file_names.extend(names)
        self.socket.send(message.SerializeToString())
        with suppress(TimeoutError):
            while (answer := ForwardMsg.FromString(self.socket.recv(0.5))).WhichOneof("type") != "file_urls_response":
                pass
            return [line.upload_url for line in answer.file_urls_response.file_urls]
        return []

    def put(self, address: str, content: bytes, *, how: str = "PUT") -> int:
        """The status of the answer to a file put there, as a browser does it."""
        xsrf = "2|00000000|00000000000000000000000000000000|1629090000"
        body = (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n' + content + b"\r\n--b--\r\n"
        )
        request = urllib.request.Request(
            f"{self.server.url}{address}",
            data=body if how == "PUT" else None,
            method=how,
            headers={
                "Content-Type": "multipart/form-data; boundary=b",
                "X-Xsrftoken": xsrf,
                "Cookie": f"{self.cookie}; _streamlit_xsrf={xsrf}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except urllib.error.URLError:  # cut off before all was sent
            return 0

    def close(self) -> None:
        self._connection.__exit__(None, None, None)


def test_a_clerk_leaves_files_and_no_more_than_a_page_holds(server):
    page = Page(server, "binh").opens()
    told = page.addresses("1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx", "5.xlsx")
    assert len(told) == 5
    assert [page.put(address, FIVE_MB) for address in told] == [204] * 4 + [413]
    assert page.put(told[0], b"", how="DELETE") == 204
    assert page.put(told[4], FIVE_MB[:1_000_000]) == 204, "what was taken away makes room"
    assert page.put(told[4], FIVE_MB * 2) in (0, 413)
    page.close()


@pytest.mark.parametrize("who", [None, "an", "quan"])
def test_nobody_else_leaves_a_file(server, who):
    """Not even with the address of a living page, a clerk's or one's own."""
    clerk, page = Page(server, "binh").opens(), Page(server, who).opens()
    assert clerk.session and page.session and page.addresses("1.xlsx") == []
    for session in (clerk.session, page.session):
        assert page.put(f"{uploads.PATH}{session}/1", b"x") == 404
        assert page.put(f"{uploads.PATH}{session}/1", b"", how="DELETE") == 404
    clerk.close()
    page.close()


def test_a_stranger_sends_twenty_megabytes_in_vain(server):
    page = Page(server).opens()
    message = BackMsg()
    message.rerun_script.query_string = "x" * 20_000_000
    with pytest.raises(ConnectionClosed) as end:
        page.socket.send(message.SerializeToString())
        page.socket.recv(20)
    assert end.value.rcvd is None or end.value.rcvd.code == 1009, "told so, or cut off amid sending"
    assert "Traceback" not in server.log.read_text("utf-8", "replace")


def test_an_address_holds_so_many_sockets_open_and_the_clerks_still_come_in(server):
    """Strangers beyond the number are refused; whoever is signed in is not counted."""
    pages = []
    with pytest.raises(InvalidStatus):
        for _one in range(sockets.STRANGERS + 1):
            pages.append(Page(server))
    assert sockets.STRANGERS - 3 <= len(pages) <= sockets.STRANGERS, "one or two may not have gone yet"
    Page(server, "binh").opens().close()
    for page in pages:
        page.close()
    Page(server).opens().close()


def test_a_stranger_learns_no_path_and_no_version(server):
    """Of everything the sign-in page brings."""
    with connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream", max_size=None, proxy=None, subprotocols=["streamlit"]
    ) as line:
        message = BackMsg()
        message.rerun_script.page_name = "settings"
        line.send(message.SerializeToString())
        told = []
        while not told or told[-1].WhichOneof("type") != "script_finished":
            told.append(ForwardMsg.FromString(line.recv(20)))
    first = next(answer.new_session for answer in told if answer.WhichOneof("type") == "new_session")
    assert first.initialize.session_id and first.main_script_path == "index"
    said = str(told)
    for secret in (str(ROOT), str(server.store), streamlit.__version__, platform.python_version(), "python3"):
        assert secret not in said, secret
