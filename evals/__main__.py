"""``python -m evals [NAME …]``: print the scores. Names are the modules of this package that have a `main`."""

from __future__ import annotations

import importlib
import sys

SCORES = ("quantities", "ledger", "factcheck", "mutations", "drafting")


def main() -> None:
    """Run the named evals, or all that need no model."""
    for name in sys.argv[1:] or SCORES:
        print(f"\n== {name}")
        importlib.import_module(f"evals.{name}").main()


if __name__ == "__main__":
    main()
