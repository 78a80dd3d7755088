"""What enters and leaves the program as a file or on paper: Excel lists, reports, decisions, printed sheets.

It writes imports, matched headings and letterheads itself and, in bulk, the rows of the register that a file holds; it
knows no screen.
"""
