"""Browsers on which an account has signed in before: their tries are counted apart from everybody else's.

So whoever guesses passwords from anywhere cannot lock out the people who sign in every day. The cookie holds the
device's own number and the accounts that have signed in there, signed under a key of its own: it opens nothing, and no
session token passes for it.
"""

import hashlib
import hmac
import secrets
from typing import NamedTuple

COOKIE = "tungnha_device"
DAYS = 180
_ACCOUNTS = 12  # of one browser, those that came last
_LONGEST = 400  # characters of a cookie that are looked at


class Device(NamedTuple):
    """The number of a browser, and the accounts it is known to."""

    number: str
    accounts: tuple[int, ...]


def read(key: str, cookie: str | None, *, now: float) -> Device | None:
    """What a cookie says that is ours and not too old. `now` is in seconds."""
    if not isinstance(cookie, str) or len(cookie) > _LONGEST or not cookie.isascii() or cookie.count(".") != 3:
        return None
    claim, _dot, seal = cookie.rpartition(".")
    if not hmac.compare_digest(seal, _seal(key, claim)):
        return None
    number, until, accounts = claim.split(".")
    return Device(number, tuple(map(int, accounts.split("-")))) if int(until) > now else None


def known(key: str, cookie: str | None, account: int | None, *, now: float) -> str | None:
    """The number of this browser, if this account has signed in on it."""
    device = read(key, cookie, now=now)
    return device.number if device and account in device.accounts else None


def made(key: str, cookie: str | None, account: int, *, now: float) -> str:
    """The cookie after this account has signed in."""
    device = read(key, cookie, now=now) or Device(secrets.token_hex(8), ())
    accounts = [*(other for other in device.accounts if other != account), account][-_ACCOUNTS:]
    claim = f"{device.number}.{int(now) + DAYS * 86400}.{'-'.join(map(str, accounts))}"
    return f"{claim}.{_seal(key, claim)}"


def _seal(key: str, claim: str) -> str:
    return hmac.new(f"device {key}".encode(), claim.encode(), hashlib.sha256).hexdigest()
