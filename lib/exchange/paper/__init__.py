"""Printed sheets, lists and cards for the teams. It writes nothing but the code of a sheet."""
