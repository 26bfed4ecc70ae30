"""Colours by meaning: every colour on the screen is one of these tokens, and each of the three themes gives them all.

`clear`, `attention`, `stop`, `unknown`, `sealed`, `offline`, `demo`, `muted` say what something is; `rule` separates,
`marked` lies under the line that is chosen. A state is a word first: the high-contrast theme has no hue at all.
"""

from typing import Final

from textual.theme import Theme

TOKENS: Final = (
    "clear",
    "attention",
    "stop",
    "unknown",
    "sealed",
    "offline",
    "demo",
    "muted",
    "rule",
    "marked",
)


def _theme(name: str, ink: str, paper: str, field: str, colours: tuple[str, ...], *, dark: bool) -> Theme:
    tokens = dict(zip(TOKENS, colours, strict=True))
    return Theme(
        name=name,
        primary=tokens["attention"],
        secondary=tokens["muted"],
        accent=tokens["attention"],
        warning=tokens["attention"],
        error=tokens["stop"],
        success=tokens["clear"],
        foreground=ink,
        background=paper,
        surface=field,
        panel=field,
        boost=field,
        dark=dark,
        variables=tokens
        | {
            "ink": ink,
            "paper": paper,
            "field": field,
            "input-cursor-background": ink,
            "input-cursor-foreground": paper,
            "input-selection-background": tokens["muted"],
            "block-cursor-background": tokens["marked"],
            "block-cursor-foreground": ink,
            "scrollbar": tokens["rule"],
            "scrollbar-background": paper,
        },
    )


THEMES: Final = (
    _theme(
        "dark",
        "#e4e4e4",
        "#101418",
        "#1c232a",
        (
            "#5fd75f",
            "#ffc24d",
            "#ff6b6b",
            "#b9a5ff",
            "#ff87d7",
            "#ff9f43",
            "#5fd7ff",
            "#93a1ad",
            "#4e5a65",
            "#2b3a48",
        ),
        dark=True,
    ),
    _theme(
        "light",
        "#16191c",
        "#fafaf7",
        "#ecece6",
        (
            "#0a6b1f",
            "#8a5200",
            "#b00020",
            "#5b2fb0",
            "#9c1f7a",
            "#a34700",
            "#00629b",
            "#5c6670",
            "#a7aeb4",
            "#d6e4f0",
        ),
        dark=False,
    ),
    _theme(
        "contrast",
        "#ffffff",
        "#000000",
        "#000000",
        (
            "#ffffff",
            "#ffffff",
            "#ffffff",
            "#ffffff",
            "#ffffff",
            "#ffffff",
            "#ffffff",
            "#c8c8c8",
            "#ffffff",
            "#444444",
        ),
        dark=True,
    ),
)
FIRST: Final = THEMES[0].name


def next_theme(name: str) -> str:
    """The theme after this one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else FIRST
