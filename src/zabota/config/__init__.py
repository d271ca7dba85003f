"""Wiring only: settings, addresses, the command line, the processes of a running Zabota."""
