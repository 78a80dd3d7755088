"""Words of the page of Excel files."""

from lib.core.errors import N_

KINDS = {
    "hamlets": N_("Hamlets"),
    "teams": N_("Teams and members"),
    "households": N_("Households and persons"),
    "assignments": N_("Assignments"),
    "expected": N_("Expected households"),
}
STATES = {"new": N_("New"), "changed": N_("Changed"), "same": N_("Unchanged"), "refused": N_("Not accepted")}
MARKS = {"new": "+", "changed": "→", "same": "=", "refused": "✕"}
SKIPPED = {
    "heading": N_("headings"),
    "title": N_("title lines"),
    "empty": N_("empty rows"),
    "numbering": N_("numbering of columns"),
    "total": N_("total rows"),
    "signature": N_("signatures"),
    "section": N_("section headings"),
    "example": N_("the example"),
}
ENCODINGS = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI"}
SHEETS = {**KINDS, "households": N_("Households"), "persons": N_("Persons")}
