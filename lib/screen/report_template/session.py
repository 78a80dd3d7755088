"""What the session remembers of the form of the report: the edit under way, the section shown, what was done."""

from typing import TYPE_CHECKING

from lib.screen.session import Flash, Key

if TYPE_CHECKING:
    from lib.screen.report_template.edit import Edit

EDIT: "Key[Edit]" = Key("template_edit")
SECTION: Key[str] = Key("template_block")  # the field: the section whose lines are shown
NEXT_SECTION: Key[str] = Key("template_section_wished")  # the section to show next
READ_FROM_FILE, BROUGHT_BACK = Flash("template_excel_done"), Flash("template_back_done")
