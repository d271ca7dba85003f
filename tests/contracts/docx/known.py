"""What the corpus of real files is known for: refusals and differences by name, with the reason.

A file that is not named here is read with words equal to the independent reader's.
"""

# Read with tracked changes accepted.
REFUSED: dict[str, str] = {}
DIFFERENT: dict[str, str] = {}
# Tracked changes accepted or rejected by us, against the same file settled by Word.
DIFFERENT_FROM_WORD: dict[str, str] = {}
LEAST_READ = 170
