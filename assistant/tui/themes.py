"""The themes: calm, one accent, and contrast enough to read notes by; and two whose every contrast is 7:1 or more."""

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
        "block-cursor-background": "#22404f",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#2b3740",
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
        "block-cursor-background": "#d3e7f1",
        "block-cursor-foreground": "#10202a",
        "block-cursor-blurred-background": "#dde8ee",
        "block-cursor-blurred-foreground": "#10202a",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "#8a5a00",
        "input-selection-background": "#1f5f7d 25%",
    },
)
CONTRAST = Theme(
    name="whyso-contrast",
    primary="#8fd3ff",
    secondary="#b8c7d3",
    accent="#ffd75f",
    warning="#ffd75f",
    error="#ffaaa5",
    success="#9df29d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    text_alpha=1.0,
    variables={
        "text-muted": "#e4e4e4",
        "text-disabled": "#c6c6c6",
        "block-cursor-background": "#002a40",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#002a40",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "#ffd75f",
        "input-selection-background": "#3a5a70",
    },
)
CONTRAST_LIGHT = Theme(
    name="whyso-contrast-light",
    primary="#003a5c",
    secondary="#33414b",
    accent="#5c3200",
    warning="#5c3200",
    error="#7d0a05",
    success="#0b450f",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ececec",
    dark=False,
    text_alpha=1.0,
    variables={
        "text-muted": "#262626",
        "text-disabled": "#3f3f3f",
        "block-cursor-background": "#e2f1ff",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#e2f1ff",
        "block-cursor-blurred-foreground": "#000000",
        "block-cursor-blurred-text-style": "bold",
        "footer-key-foreground": "#5c3200",
        "input-selection-background": "#bcdcf0",
    },
)
THEMES = (DARK, LIGHT, CONTRAST, CONTRAST_LIGHT)


def quiet(theme: str) -> str:
    """The style of what is said beside the point: dim, but where every contrast counts."""
    return "" if theme in (CONTRAST.name, CONTRAST_LIGHT.name) else "dim"
