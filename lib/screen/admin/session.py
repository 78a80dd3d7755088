"""What the session remembers of accounts, hamlets, delegations and the set-up."""

from lib.screen.session import Flash, Key

HAMLET: Key[str] = Key("hamlet_chosen")  # the field: which one is corrected
SETUP_OPEN: Key[bool] = Key("setup_open")  # whether the one-time code was right
ISSUED: Key[tuple[str | int, str, float]] = Key("account_issued")  # whom the last password is for, it, and its second
DELEGATED = Flash("lent_to")
