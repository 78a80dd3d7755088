"""Reports, decisions and letters as DOCX, PDF and XLSX.

It reads what oversight and register tell, and writes nothing.
"""
