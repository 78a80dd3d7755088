"""The front door: language, sign-in, set-up of an empty store, and the menu of the visitor's role."""

from lib.screen.shell.front import enter, menu

db, user = enter()
menu(db, user).run()
