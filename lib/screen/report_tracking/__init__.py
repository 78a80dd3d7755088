"""Who has reported, who is late, whom to call."""
