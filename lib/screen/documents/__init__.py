"""Reports and decisions to take along, and their letterheads."""
