"""The page on which reports and decisions are downloaded and letterheads set.

Files are made by `exchange.documents` when a button is pressed; nothing is composed here.
"""
