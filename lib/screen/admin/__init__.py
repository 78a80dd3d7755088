"""Accounts, hamlets, rules, the machine: what is set up once and looked after.

It draws and asks; the rooms below write.
"""
