"""How long a person takes: what they press and type is counted, not the seconds of the machine."""

from playwright.sync_api import Page

# Seconds of the keystroke-level model (Card, Moran, Newell): to decide, point and press; a key.
PRESS, KEY = 1.35 + 1.1 + 0.2, 0.28
# To go and look into one's mail, and back.
MAIL = 15.0
COUNT = """
addEventListener('pointerdown', one => { if (one.isTrusted) counted('press') }, true)
addEventListener('keydown', one => { if (one.isTrusted) counted('key') }, true)
"""


class Pace:
    """Counts presses and keys in one window, whatever pages it shows."""

    def __init__(self, page: Page) -> None:
        self.presses = self.keys = self.mails = 0
        self._running = False
        page.context.expose_binding("counted", lambda _source, what: self._count(what))
        page.context.add_init_script(COUNT)

    def begin(self) -> None:
        self.presses = self.keys = self.mails = 0
        self._running = True

    def looks_into_the_mail(self) -> None:
        self.mails += 1

    def _count(self, what: str) -> None:
        if self._running and what == "press":
            self.presses += 1
        elif self._running:
            self.keys += 1

    @property
    def seconds(self) -> float:
        """What a person takes for all that."""
        return self.presses * PRESS + self.keys * KEY + self.mails * MAIL
