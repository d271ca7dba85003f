"""Word files of contracts: guarded, read into the tree, written back. Plain Python, free of Django.

`guard.inspect` refuses what is hostile before anything parses; `read.read` makes a Document.
"""
