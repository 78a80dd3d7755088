from lib.operations import commands

commands.run()
