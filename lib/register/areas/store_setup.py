"""Sets up a new store: the one-time code, the province's official units, the first administrator."""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core import trusted_time
from lib.core.database import value, write
from lib.core.errors import N_, Invalid, Refused, Say
from lib.core.identity import accounts, passphrase
from lib.core.text import clean, fold
from lib.core.words import place_words
from lib.register.areas import official_units

TRIES = 10
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on a terminal
_LONGEST = 64  # characters of what a stranger typed that are looked at


class SetupCode:
    """The set-up code of this process: printed at start, void once used or after too many wrong tries."""

    def __init__(self) -> None:
        self._text = "".join(secrets.choice(_LETTERS) for _ in range(8))
        self._tries_left = TRIES
        self._lock = threading.Lock()

    def __str__(self) -> str:
        """Return the code as printed in the terminal, in two halves: "7KQM-3XPA"."""
        return f"{self._text[:4]}-{self._text[4:]}"

    def check(self, text: str) -> None:
        """Raise Invalid for a wrong code; ten wrong tries make it void."""
        typed = "".join(letter for letter in text[:_LONGEST].upper() if letter.isalnum())
        with self._lock:
            if self._tries_left <= 0:
                sentence = N_("The code is no longer valid. Restart the program; the terminal then prints a new one.")
                raise Refused(sentence)
            if not secrets.compare_digest(typed.encode(), self._text.encode()):
                self._tries_left -= 1
                sentence = N_("This is not the code printed in the terminal when the program started.")
                raise Invalid({"code": Say(sentence)})

    def void(self) -> None:
        """Make the code void once the province is founded."""
        with self._lock:
            self._tries_left = 0


SETUP_CODE = SetupCode()


def provinces() -> list[dict]:
    """Return `{code, kind, name, plain}` of the 63 provinces in Vietnamese order; `plain` is the name without marks."""
    return [
        {"code": area.code, "kind": area.kind, "name": area.name, "plain": fold(area.name).title()}
        for area in official_units.provinces()
    ]


def load_province(db: Database, code: str) -> int:
    """Insert the province with its districts and communes; return how many were new, 0 when repeated."""
    if not official_units.of_province(code):
        raise Invalid({"code": Say(N_("Choose the province."))})
    with write(db):
        return official_units.load(db, code)


def is_loaded(db: Database, code: str) -> bool:
    """Whether the store holds this province."""
    return value(db, "select 1 from areas where code = ? and level = 'province'", [code]) is not None


def check(code: str | None, username: str, full_name: str, password: str, again: str) -> None:
    """Raise Invalid with every fault of the form at once."""
    inside = official_units.of_province(code or "")
    about = [username[:_LONGEST], full_name[:_LONGEST], *(area.name for area in inside if area.level == "province")]
    faults = passphrase.faults(password, again, about=about)
    faults |= accounts.account_faults(clean(username[:_LONGEST]).lower(), full_name)
    if not inside:
        faults["code"] = Say(N_("Choose the province."))
    if faults:
        raise Invalid(faults)


@dataclass(frozen=True)
class FirstAdministrator:
    """The account that the set-up creates."""

    username: str
    full_name: str
    password_hash: str


def found_province(
    db: Database, code: str, administrator: FirstAdministrator, *, now: datetime, hamlets: Sequence[str] = ()
) -> int:
    """Store the official units and the first administrator, both or neither; returns the account's id.

    `hamlets` are the words for its hamlets, where other ones than `place_words.proposed` were chosen.
    """
    with write(db):
        if accounts.exist(db):
            raise Refused(N_("Accounts already exist; sign in instead."))
        trusted_time.refuse_real()
        load_province(db, code)
        if hamlets:
            place_words.keep(db, tuple(hamlets))
        account = accounts.create_first(db, **asdict(administrator), province_code=code, now=now)
    SETUP_CODE.void()
    return account
