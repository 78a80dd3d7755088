"""The screens: the only room that knows Streamlit."""

import logging

# Imported before a server runs, the library warns five times that none does: between the address and the set-up code.
logging.disable(logging.WARNING)
import streamlit_authenticator  # noqa: E402, F401

logging.disable(logging.NOTSET)
