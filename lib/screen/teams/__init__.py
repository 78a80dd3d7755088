"""Teams and members: cards, forms, reorganising."""
