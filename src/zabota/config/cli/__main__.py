"""`python -m zabota.config.cli`, what ./zabota runs."""

import sys

from zabota.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
