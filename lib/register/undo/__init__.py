"""Taking an act back as a whole. It restores rows of other rooms' tables from what was captured of them."""
