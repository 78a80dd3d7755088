"""What the session remembers of the page of a report; parts of that page that hold links; fields of one report."""

from lib.oversight.reports.context import ReportContext
from lib.screen.session import Flash, Key

# Parts of the page that hold links of their own.
FIGURES, WHY_WAY, WHY_UNITS = "report-figures", "report-why-way", "report-why-units"
COUNTED, ENTERED = "report-units-counted", "report-units-entered"
LINKS = (FIGURES, WHY_WAY, WHY_UNITS, COUNTED, ENTERED)
MISSING = "report_missing"  # the list of what is missing

SENT, RECEIVED = Flash("report_sent"), Flash("report_received")
CORRECTED, OPENING_SAVED = Flash("report_corrected"), Flash("report_opening_done")

# Area, day, and whether what is missing stood before the words when the page was opened.
ORDER: Key[tuple[str, str, bool]] = Key("report_order")
RETURNING: Key[tuple[str, str]] = Key("report_returning")  # area and day of the report that is being returned


def field(report: ReportContext, *of: str) -> str:
    """The key of a field, or of what belongs to it, in the report of this unit and day."""
    return "_".join(("report", report.code, report.day, *of))
