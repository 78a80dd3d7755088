"""Households with their persons, statuses and moves.

It writes households, persons and household_status, and knows no visit or figure.
"""
