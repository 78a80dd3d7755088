"""Who minds which household: tables, proposals, handing over."""
