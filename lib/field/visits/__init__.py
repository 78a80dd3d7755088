"""The day's visits: answers, what was found at the door, the row decided and saved. Writes visits and screenings."""
