"""Accounts, delegations, hamlets, size rules, the set-up of a store and the state of the machine.

It draws and reads forms; lib.core.identity, lib.register and lib.operations write. It holds no SQL.
"""
