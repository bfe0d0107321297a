"""Rich text is HTML of a short list of tags, whoever wrote it and however it came in."""

import html
import re

import nh3

TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"<(?P<end>/?)h(?P<kind>[34])>")
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


def with_headings_under(text: str, level: int) -> str:
    """Clean rich text whose headings begin one below `level`, so that no level is left out.

    Editors have two kinds of heading, h3 and h4; where on a page the text stands decides what they
    become. An h4 without an h3 before it is as high as an h3.
    """
    has_upper = False

    def renumber(match: re.Match) -> str:
        nonlocal has_upper
        has_upper = has_upper or match["kind"] == "3"
        depth = 2 if has_upper and match["kind"] == "4" else 1
        return f"<{match['end']}h{level + depth}>"

    return _HEADING.sub(renumber, text)


def plain(text: str) -> str:
    """The words of rich text on one line, for summaries, likeness and search."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
