"""streamlit-authenticator's hashing, in one place."""

from streamlit_authenticator.utilities.hasher import Hasher

# Of a password nobody has: checked for unknown users, so that they take as long as known ones.
NOBODY = "$2b$12$X08xITQUSL8lLtZVvDY2YOy5KjepjvDQb/daFwr/lduUgSbPuvq/a"


def hashed(password: str) -> str:
    return Hasher.hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """False for a password bcrypt cannot read (over 72 bytes), after the usual time for an unknown user."""
    try:
        return Hasher.check_pw(password, password_hash or NOBODY) and password_hash is not None
    except ValueError:
        return False
