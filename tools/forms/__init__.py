"""Builds the contract forms that ship with Zabota from texts a lawyer can read and compare."""
