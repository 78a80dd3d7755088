"""Reports, decisions and their letterheads as DOCX, PDF and XLSX.

Writes letterheads and the log of what was taken; reads what oversight and register state and counts nothing itself.
"""
