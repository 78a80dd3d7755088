"""Which member minds which household on which day. Writes assignments; the past is never changed."""
