"""What a user sets once for all sittings: looks and keys, in a file of his own. Data only; no screen is known here."""
