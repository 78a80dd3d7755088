"""From the cells of a sheet to columns whose meaning is known: headings, rows that are no data, words for codes."""
