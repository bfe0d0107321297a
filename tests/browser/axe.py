"""What axe finds on a page, in words that a failed test can show."""

from axe_playwright_python.base import AXE_SCRIPT

# Everything up to WCAG 2.2 AA, and axe's own good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, *, rules: list[str] | None = None) -> list[str]:
    """One line for each faulty element: "rule: element (why)". rules: only these, by their ids."""
    # The package's own `run` brings the script anew each time and every passed element back.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for rule in found
        for node in rule["nodes"]
    ]
