"""Signing in: accounts, passwords, lock-out, roles delegated for a time.

It writes accounts, grants and signin_failures, and knows neither cookies nor pages.
"""
