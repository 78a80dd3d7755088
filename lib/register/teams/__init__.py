"""Teams and their members, from founding to dissolving, and the numbers of their printed sheets.

It writes teams, team_hamlets, members, sheet_numbers and sheet_prints, and knows no visit.
"""
