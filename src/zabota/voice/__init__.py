"""What is written or said about us in public, and the thanks to everyone who did.

Words: упоминание Mention, source, thanks.
Neighbours: trouble told there becomes a ticket, below; contracts stand below as well.
"""
