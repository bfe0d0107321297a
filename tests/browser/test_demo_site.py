"""The site as `make run` serves it: production server and settings, the real content."""

import pytest

pytestmark = pytest.mark.stack

# From the demo data: whatever else changes, these stay where they are.
PATHS = [
    "/sv/",
    "/en/",
    "/sv/initiativ/",
    "/en/initiatives/?view=table",
    "/sv/utmaningar/",
    "/sv/organisationer/",
    "/en/platforms/",
]
TYPEFACE = """document.fonts.check("16px 'Schibsted Grotesk'")"""
PICTURES = """() => Promise.all([...document.images].map(async (image) => {
    image.loading = "eager";
    await image.decode().catch(() => {});
    return image.naturalWidth > 0 ? null : image.src;
})).then((broken) => broken.filter(Boolean))"""


@pytest.mark.parametrize("path", PATHS)
def test_page_comes_whole_and_leaves_nothing_behind(page, demo_site, path):
    response = page.goto(f"{demo_site}{path}")

    assert response.status == 200
    assert page.evaluate(PICTURES) == []
    assert page.evaluate(TYPEFACE)
    assert page.context.cookies() == []


def test_every_kind_of_page_is_reached_by_links_from_the_start(page, demo_site):
    page.goto(f"{demo_site}/sv/")

    page.locator(".questions a").first.click()
    page.wait_for_url("**/sv/utmaningar/*/")
    page.locator(".lines .line-title").first.click()
    page.wait_for_url("**/sv/initiativ/*/")
    page.locator(".facts a[href*='/organisationer/']").first.click()
    page.wait_for_url("**/sv/organisationer/*/")
    page.locator("a.language").click()
    page.wait_for_url("**/en/organisations/*/")

    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(PICTURES) == []
