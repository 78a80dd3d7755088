"""Lists in and out as files: forms, steps of loading, preview, past loads."""
