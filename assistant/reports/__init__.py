"""Results as documents for others: JSON for programs, with the keys of docs/contract.md."""
