"""What was done, as sentences, and taking it back."""
