"""Households and persons that may be registered twice: found, listed, merged side by side."""
