"""Twelve Russian contracts made to try the reader of Word files: `python -m tools.test_contracts`.

Each module here is one author with the habits of that author;
texts/ holds what they all write about.
"""
