"""The day's visits: a team's sheet, the answers sent from it, and the decision which of them are saved.

It writes visits and screenings; persons, statuses and sums change only through the rooms that own them.
"""
