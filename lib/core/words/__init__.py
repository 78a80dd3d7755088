"""Vietnamese as data: dates, numbers, telephones, titles of units and the words of a place.

It knows no screen and writes nothing.
"""
