from lib.operations import command_line

command_line.run()
