"""Understand a sheet: which column means what, which rows are data, and what each cell stands for.

It writes the table heading_matches only, and knows nothing of the rows that are stored already.
"""
