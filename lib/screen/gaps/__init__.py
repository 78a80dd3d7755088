"""What could leave a household out, and the way to mend it."""
