"""Drawings with Altair, from figures to picture, with their rows as a table."""
