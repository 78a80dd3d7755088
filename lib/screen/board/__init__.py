"""The leaderboard: ranking, why, charts, the big screen."""
