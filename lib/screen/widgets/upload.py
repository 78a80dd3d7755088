"""Choosing a file, in the visitor's language: Streamlit's own words are English whatever it is told."""

import json

import streamlit as st

from lib.screen.i18n import _


def field(label: str, *, key: str):
    """The file chosen or dropped, else None. Its kind is judged by its content, not by the browser."""
    words = (
        _("Choose a file"),
        _("or drop it here; .xlsx, .xls or .csv, at most 5 MB"),
        _("The file is larger than 5 MB and was not accepted; split it into several files."),
    )
    st.html(_style(*words))
    with st.container(key="upload"):
        return st.file_uploader(label, key=key)


def _style(button: str, hint: str, large: str) -> str:
    """The words of the button and beside it are drawn over Streamlit's, which stay unseen and unsaid."""
    # CSS reads no \u1ec7.
    button, hint, large = (json.dumps(words, ensure_ascii=False) for words in (button, hint, large))
    return f"""<style>
        .st-key-upload [data-testid=stFileUploaderDropzone] > span button p,
        .st-key-upload [data-testid=stFileUploaderDropzoneInstructions] span {{ display: none; }}
        .st-key-upload [data-testid=stFileUploaderDropzone] > span button::after {{ content: {button}; }}
        .st-key-upload [data-testid=stFileUploaderDropzoneInstructions]::after {{
            content: {hint}; font-size: 0.875rem; opacity: 0.75; }}
        .st-key-upload [data-testid=stFileUploader] [role=alert] {{ display: none; }}
        .st-key-upload:has([data-testid=stFileUploader] [role=alert])::after {{ content: {large}; }}
    </style>"""
