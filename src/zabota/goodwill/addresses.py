"""The address printed on a visiting card."""


def card_address(mark: str, mailbox: str) -> str:
    """That of the firm's mailbox with the card's mark in it: help+gift.k7m2p9xq@firm.example."""
    name, _at, host = mailbox.partition("@")
    return f"{name}+gift.{mark}@{host}"
