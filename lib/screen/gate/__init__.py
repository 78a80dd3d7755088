"""What stands between the network and the pages: who may speak, how much, under which name.

It bounds requests, sockets and uploads; it draws no page and writes no table.
"""
