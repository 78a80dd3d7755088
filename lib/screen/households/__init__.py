"""A household's page, its persons, status, moves and twins."""
