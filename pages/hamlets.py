from lib.register.areas import hamlets
from lib.screen import list_words
from lib.screen.admin import hamlet_form
from lib.screen.i18n import _
from lib.screen.shell.page import begin, heading, today

db, user = begin(__file__)
heading(
    __file__,
    help=_(
        "Official lists end at the commune, so hamlets are entered here once, under the name used in documents. "
        "Example: choose “ấp”, type “Phước Đức” and add it. Teams and households are then entered under the "
        "hamlet."
    ),
)
new = hamlet_form.add_if_sent(db, user)
changed = hamlet_form.change_if_sent(db, user)
list_words.show(db, user, today())
lines = hamlets.listed(db, day=today(), commune=user.area_code)
hamlet_form.adding(db, lines, new)
hamlet_form.table(lines)
hamlet_form.changing(db, lines, changed)
