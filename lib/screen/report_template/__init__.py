"""The form of the report, edited by the province."""
