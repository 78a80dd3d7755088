"""Official documents: one description (`letter`), one order of its parts (`flow`), writers for DOCX and PDF.

Touches no table and knows no report: it draws what it is given. Its text is Vietnamese whatever the screen speaks.
"""
