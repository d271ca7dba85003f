"""How a process that is long at work looks for garbage."""

import gc


def settle() -> None:
    """What is loaded stays for good: looking through all of it for garbage, again and again, is a
    tenth of the time of a page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
