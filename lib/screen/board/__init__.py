"""The leaderboard: ranking, live list, charts, lists of doors, the explanation of each figure, and the big screen.

It draws what `lib.oversight.figures` counts and writes no table; what is opened on it stands in its address.
"""
