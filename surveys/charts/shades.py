"""The shades of answers from the ends of a scale to its middle, as static/css/charts.css has them."""

OUTLINE = "var(--shade-outline)"
DARK = frozenset({"low-4", "low-3", "high-4", "high-3", "high-2"})


def shade(name: str) -> str:
    """Return the colour with this name."""
    return f"var(--shade-{name})"


def on_shade(name: str) -> str:
    """Return the colour of what is written on it."""
    return "var(--on-dark-shade)" if name in DARK else "var(--on-light-shade)"
