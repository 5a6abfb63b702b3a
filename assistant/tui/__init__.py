"""The chat on a Textual screen. It shows the conversation and decides nothing; only this package knows Textual."""
