"""The conversation without a screen: what to ask next, what a reply means, and what to say."""
