"""Work at the doors: the day's visits and the history of a household.

It writes what is entered at a door, builds on the register, and knows neither figures nor screens.
"""
