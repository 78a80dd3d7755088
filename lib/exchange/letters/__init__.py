"""Official documents: one description (`letter`), one order of its parts (`flow`), two writers (`letter_docx`,
`letter_pdf`).

Their text is Vietnamese whatever language the screen has; it is part of the product, not of its catalogue.
"""
