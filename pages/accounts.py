from lib.screen.page import begin, heading

db, user = begin(__file__)
heading(__file__)
