"""Colours: light, dark, and for terminals of sixteen colours; no meaning by colour alone."""

from typing import Final

from textual.theme import Theme

__all__ = ["THEMES", "VARIABLES", "theme_for"]

# fmt: off
_DARK: Final = Theme(
    name="深色",
    primary="#5f9ea0",
    secondary="#87afaf",
    accent="#d7af5f",
    foreground="#d8dde0",
    background="#14191c",
    surface="#1b2226",
    panel="#263036",
    success="#87af5f",
    warning="#d7af5f",
    error="#ff8f80",
    dark=True,
    variables={"cursor": "#2f5f66", "on-cursor": "#ffffff", "bar": "#263036", "on-bar": "#d8dde0",
               "dim": "#7d8a91", "off": "#7d8a91", "field": "#263036",
               "field-focus": "#31434b", "hint": "#8d9aa1"},
)
_LIGHT: Final = Theme(
    name="浅色",
    primary="#1f5f66",
    secondary="#3f6f73",
    accent="#8a5a00",
    foreground="#1b2226",
    background="#fbfaf6",
    surface="#f3f1ea",
    panel="#e4e0d4",
    success="#3f6a1f",
    warning="#8a5a00",
    error="#a3200f",
    dark=False,
    variables={"cursor": "#1f5f66", "on-cursor": "#ffffff", "bar": "#e4e0d4", "on-bar": "#1b2226",
               "dim": "#77736a", "off": "#77736a", "field": "#ebe7dc",
               "field-focus": "#dcd6c4", "hint": "#6a665d"},
)
_SIXTEEN: Final = Theme(
    name="十六色",
    primary="ansi_cyan",
    secondary="ansi_bright_cyan",
    accent="ansi_yellow",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_bright_red",
    dark=True,
    ansi=True,
    variables={
        "cursor": "ansi_cyan", "on-cursor": "ansi_black", "bar": "ansi_blue",
        "on-bar": "ansi_bright_white", "dim": "ansi_bright_black", "off": "ansi_white",
        "field": "ansi_default", "field-focus": "ansi_default", "hint": "ansi_bright_black",
        "ansi-background": "ansi_black", "ansi-foreground": "ansi_white",
        "input-cursor-background": "ansi_white", "input-cursor-foreground": "ansi_black",
        "input-cursor-text-style": "none", "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black", "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white", "border-blurred": "ansi_black",
    },
)
# fmt: on
VARIABLES: Final = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    **_DARK.variables,
}
"""What a style may refer to whatever the theme."""
THEMES: Final = (_DARK, _LIGHT, _SIXTEEN)


def theme_for(color_system: str | None) -> str:
    """The theme a terminal begins with, by what it can show."""
    return "十六色" if color_system in (None, "standard", "windows") else "深色"
