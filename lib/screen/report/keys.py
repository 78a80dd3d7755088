"""The session's keys on the page of a report: parts that hold links, what the run before did, fields of one report."""

from lib.oversight.reports.context import ReportContext

# Parts of the page that hold links of their own.
FIGURES, WHY_WAY, WHY_UNITS = "report-figures", "report-why-way", "report-why-units"
COUNTED, ENTERED = "report-units-counted", "report-units-entered"
LINKS = (FIGURES, WHY_WAY, WHY_UNITS, COUNTED, ENTERED)
MISSING = "report_missing"  # the list of what is missing

# A sentence on what the run before did, shown once.
SENT, RECEIVED, CORRECTED, OPENING_SAVED = "report_sent", "report_received", "report_corrected", "report_opening_done"

ORDER = "report_order"  # (code, day, whether what is missing stood before the words when the page was opened)
RETURNING = "report_returning"  # (code, day) of the report that is being returned


def field(report: ReportContext, *of: str) -> str:
    """The key of a field, or of what belongs to it, in the report of this unit and day."""
    return "_".join(("report", report.code, report.day, *of))
