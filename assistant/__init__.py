"""whyso: a rules-engine knowledge base with an explainable chat assistant.

Knowledge cites, policy states, reasoning derives, explanation justifies, dialogue asks, the TUI and the CLI show.
"""

__version__ = "0.1.0"
