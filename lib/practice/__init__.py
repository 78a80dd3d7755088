"""The practice province: invented units, people and visits, and simulated teams that keep entering.

It fills the tables of an empty store in bulk; from then on it writes only through the commands that people use.
"""
