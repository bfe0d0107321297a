"""What the catalogue's list says, read from its HTML."""

import re
from html import unescape


def page_of(client, address: str, **headers) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def listed(html: str) -> list[str]:
    """The slugs of the initiatives, in order, in any of the shapes."""
    results = html[html.index("</ul></div>") if "list-tools" in html else 0 :]
    found = re.findall(r'<a[^>]* href="/(?:sv/initiativ|en/initiatives)/([\w-]+)/"', results)
    return list(dict.fromkeys(found))


def said(html: str, css_class: str) -> str:
    """What the first element with this class says, on one line."""
    inner = re.search(rf'class="{css_class}"[^>]*>(.*?)</(?:p|div|ul|nav)>', html, re.S)[1]
    return " ".join(unescape(re.sub("<[^>]+>", " ", inner)).split())


def links(html: str, css_class: str) -> list[tuple[str, str]]:
    """(text, query string) of the links in the first element with this class."""
    inner = re.search(rf'class="{css_class}".*?</(?:ul|nav|p)>', html, re.S)[0]
    found = re.findall(r'<a[^>]* href="\?([^"]*)"[^>]*>(.*?)</a>', inner, re.S)
    return [(" ".join(re.sub("<[^>]+>", "", text).split()), unescape(q)) for q, text in found]


def option(html: str, key: str, value: str) -> str | None:
    """What stands on the label of a box, with "x " when it is chosen; None when it isn't there."""
    found = re.search(rf'name="{key}" value="{value}"( checked)?>(.*?)</label>', html)
    if found is None:
        return None
    text = unescape(re.sub("<[^>]+>", "", found[2])).strip()
    return f"x {text}" if found[1] else text
