"""Saved conversations: where they are, what is kept of each turn, and how one is taken up again."""
