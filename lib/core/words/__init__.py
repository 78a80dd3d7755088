"""Vietnamese as data: dates, numbers, telephones, titles of units and the words of a place.

It knows no screen and no language but Vietnamese, and writes one setting, the province's words for hamlets.
"""
