"""How mentions are gathered: pages, feeds, letters of alerts and tables from outside read as what
somebody wrote; which two are one; whose it may be. Plain Python, free of Django.
"""
