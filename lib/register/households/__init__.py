"""Households with their persons, statuses and moves. Writes households, persons and household_status."""
