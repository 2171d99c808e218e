"""据实: township safety-production reports in which every figure comes from the ledger."""

__version__ = "0.1.0"
