"""What happened at a door, day by day and as a log of entries. It reads, and writes nothing."""
