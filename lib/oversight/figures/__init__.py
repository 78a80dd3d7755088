"""Counts households reached and not reached, for an area and a day or a span of days, by one definition for all.

It only reads: no table is written here, no row of a household leaves it except through `my_*`, and it knows no screen.
"""
