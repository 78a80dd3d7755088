"""A household's page: visits, persons, statuses, moves, duplicates and the search.

It draws and reads forms; lib.register.households and lib.register.duplicates write.
"""
