"""Assigns households to members of teams, from a day on.

It writes assignments, never changes a past day, and knows no visit.
"""
