"""Going through pages with the keyboard alone: Tab, Enter, blanks and letters."""

from playwright.sync_api import Page

MOST_STOPS = 400
NAMES = """() => { const e = document.activeElement;
    return [e.innerText, e.getAttribute('aria-label'), e.labels?.[0]?.innerText]
        .filter(Boolean).map(t => t.trim()); }"""


def tab_to(page: Page, text: str, *, is_whole: bool = False) -> None:
    """Press Tab until the thing whose name begins so, or is the whole text, has the focus."""
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        names = page.evaluate(NAMES)
        if text in names or (not is_whole and any(name.startswith(text) for name in names)):
            return
    raise AssertionError(f"the keyboard never reaches “{text}”")


def press(page: Page, text: str) -> None:
    """Go to a link or a button with the keyboard and press it."""
    before = page.url
    tab_to(page, text)
    page.keyboard.press("Enter")
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_load_state()


def write(page: Page, label: str, text: str) -> None:
    """Go to a field with the keyboard and type into it; a blank ticks a box."""
    tab_to(page, label)
    page.keyboard.type(text)
