"""What goes wrong at the command line and can be mended by whoever typed it."""


class Trouble(Exception):
    """Something the person at the terminal has to know; a sentence, no traceback."""
