"""What stands around every page: sign-in, role, menu, header, assets and the question about the clock.

It signs in and out through lib.core.identity; it must not know what a page shows.
"""
