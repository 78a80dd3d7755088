"""Provinces, districts, communes and hamlets: the official list, a commune's hamlets, the set-up of a new store.

It writes areas and expected_households, and knows no household or team by name.
"""
