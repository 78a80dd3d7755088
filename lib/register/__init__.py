"""The register: areas, households, persons, teams and members, and who looks after which household on which day.

It writes the tables of these and their log of imports, and knows no visit, figure, report or screen.
"""
