"""Provinces, districts, communes and hamlets: the official list, the hamlets of a commune, the founding of a store.

Writes areas.
"""
