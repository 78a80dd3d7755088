"""Teams and their members, from founding to dissolving. Writes teams, team_hamlets and members."""
