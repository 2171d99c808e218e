"""What is kept in the workspace database besides the ledger."""
