"""Parts that several pages are made of; they know no table of the store."""
