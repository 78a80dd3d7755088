"""One unit's report of a day: read, written, sent, received."""
