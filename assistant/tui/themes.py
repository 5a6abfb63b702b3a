"""The two palettes: calm, one accent, and contrast enough to read notes by."""

from textual.theme import Theme

DARK = Theme(
    name="whyso-dark",
    primary="#7fb4ca",
    secondary="#6f93a8",
    accent="#e0b26a",
    warning="#e0b26a",
    error="#e8837c",
    success="#8fc08a",
    foreground="#dcdfe4",
    background="#16191d",
    surface="#1d2126",
    panel="#272c33",
    dark=True,
    variables={
        "block-cursor-background": "#31566a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#33404a",
        "block-cursor-blurred-foreground": "#f2f4f7",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "#e0b26a",
        "input-selection-background": "#7fb4ca 30%",
    },
)
LIGHT = Theme(
    name="whyso-light",
    primary="#1f5f7d",
    secondary="#4d7d95",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b34",
    foreground="#20252b",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e4e1d8",
    dark=False,
    variables={
        "block-cursor-background": "#bfdbe8",
        "block-cursor-foreground": "#10202a",
        "block-cursor-blurred-background": "#d5e3ea",
        "block-cursor-blurred-foreground": "#10202a",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "#8a5a00",
        "input-selection-background": "#1f5f7d 25%",
    },
)
