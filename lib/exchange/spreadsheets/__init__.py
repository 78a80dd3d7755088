"""Files as such: read in a process of its own, written, marked; nothing here knows what a list means."""
