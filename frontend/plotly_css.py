"""Write Plotly's own style rules to a file: `plotly_css.py BUNDLE OUT`.

Plotly puts its rules into the page while it runs, which a strict policy for styles forbids. It
leaves that out where a style sheet with the id below is already on the page.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

STYLE_ID = "plotly.js-style-global"
READ_RULES = """id => [...document.getElementById(id).sheet.cssRules]
    .map(rule => rule.cssText).reverse().join("\\n")"""


def main(bundle: str, out: str) -> None:
    """Draw one chart in a browser and save the rules that Plotly added for it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_content("<!doctype html><div id=chart></div>")
        page.add_script_tag(path=bundle)
        page.evaluate("Plotly.newPlot('chart', [{x: [1], y: [1]}])")
        rules = page.evaluate(READ_RULES, STYLE_ID)
        browser.close()
    Path(out).write_text(rules + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
