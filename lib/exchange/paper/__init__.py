"""Draw what teams carry on paper: the day's sheet, lists of households, duty cards, call lists.

It logs each print and lets the register keep the codes and numbers on it; it must not read a household by itself.
"""
