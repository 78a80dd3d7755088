"""What stands between the network and the pages: who may speak, how much, under which name.

Nothing here draws a page.
"""
