"""Under which names the product answers: this machine's and the local network's, and those that its keeper names.

A page of a stranger can make its own name point at a machine of the office and then speak to it through a clerk's
browser; the name gives it away.
"""

import os
import socket
from functools import cache
from ipaddress import ip_address

VARIABLE = "TUNGNHA_HOSTS"
_LONGEST = 260  # characters of a name


def allowed(host: str | None) -> bool:
    """Whether this is a name of ours: of a question's Host header, with or without a port. None: none was told."""
    if host is None:
        return True
    name = _name(host)
    return name is not None and (_is_local(name) or any(_fits(name, pattern) for pattern in _named()))


def _name(host: str) -> str | None:
    """Without its port, in small letters; None for what is no name."""
    if len(host) > _LONGEST or not host.isascii() or any(sign in host for sign in "/@?# \\"):
        return None
    name, _colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if name.startswith("[") != name.endswith("]") or ":" in name.strip("[]") and not name.startswith("["):
        return None
    if not _colon:
        name, port = host, ""
    if port and not port.isdigit():
        return None
    return name.strip("[]").lower().rstrip(".") or None


def _is_local(name: str) -> bool:
    """Addresses of this machine and of a local network, names without a dot (no stranger has one), .local and .lan."""
    try:
        address = ip_address(name)
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".local", ".lan", ".home.arpa")) or name == _own()
    mapped = getattr(address, "ipv4_mapped", None) or address
    return (mapped.is_private or mapped.is_loopback or mapped.is_link_local) and not mapped.is_unspecified


@cache
def _own() -> str:
    return socket.getfqdn().lower()


def _named() -> list[str]:
    """What the keeper wrote: `covid.tayninh.gov.vn, *.tayninh.gov.vn`, or `*` for any."""
    return [name.strip().lower().rstrip(".") for name in os.environ.get(VARIABLE, "").split(",") if name.strip()]


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or pattern.startswith("*.") and name.endswith(pattern[1:])
