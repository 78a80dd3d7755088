"""Lists in and out: a file's rows matched with the store, planned, previewed and loaded as one act."""
