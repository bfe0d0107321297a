"""Rich text is HTML of a short list of tags, whoever wrote it and however it came in."""

import html
import re

import nh3

TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_HAS_BLOCK = re.compile(r"<(p|h3|h4|ul|ol|blockquote)\b", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` as safe HTML. What is no allowed tag is dropped, its words are kept (but not those
    of scripts and styles); text without paragraphs gets them from its blank lines."""
    # NUL can't be stored by PostgreSQL.
    safe = nh3.clean(
        text.replace("\x00", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()
    if not safe or _HAS_BLOCK.search(safe):
        return safe
    return "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n\s*\n", safe) if part.strip())


def plain(text: str) -> str:
    """The words of rich text on one line, for summaries, likeness and search."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
