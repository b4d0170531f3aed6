"""`python -m apictl` is `apictl`."""

from __future__ import annotations

import sys

from apictl.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
