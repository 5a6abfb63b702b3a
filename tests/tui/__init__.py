"""The chat on a screen, driven by keys and clicks; its own small policy keeps the pictures from changing with rules."""
