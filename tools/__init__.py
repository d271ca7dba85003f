"""What developers run: tests and checks, pinning requirements, translations, generated docs."""
