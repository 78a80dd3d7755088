"""What the session remembers of the page of documents."""

from lib.screen.session import Key

DECISIONS: Key[tuple[tuple, bytes]] = Key("decisions_made")  # what the file of a whole area was asked for, and the file
