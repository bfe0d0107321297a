"""Films at YouTube and Vimeo, in every form of address that people paste."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
_YOUTUBE_ID = re.compile(r"\A[A-Za-z0-9_-]{11}\Z")
_VIMEO = re.compile(
    r"\A/(?:video/|channels/[^/]+/|groups/[^/]+/videos/|album/\d+/video/|ondemand/[^/]+/)?"
    r"(?P<id>\d{5,12})(?:/(?P<key>[0-9a-f]{6,16}))?/?\Z"
)


@dataclass(frozen=True)
class Film:
    """`watch_url` is where the film is seen by a link, `embed_url` the player's address."""

    provider: str
    watch_url: str
    embed_url: str


def find_film(url: str) -> Film | None:
    """The film at `url`, or None when it is no YouTube or Vimeo film."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if host == "youtu.be" or host in _YOUTUBE_HOSTS:
        return _youtube(host, parts)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts)
    return None


def validate_film(url: str) -> None:
    if find_film(url) is None:
        raise ValidationError(
            _("This is no film at YouTube or Vimeo. Copy the address from the film’s page.")
        )


def _youtube(host: str, parts) -> Film | None:
    steps = [step for step in parts.path.split("/") if step]
    if host == "youtu.be":
        film_id = steps[0] if steps else ""
    elif steps[:1] in (["embed"], ["shorts"], ["live"], ["v"]):
        film_id = steps[1] if len(steps) > 1 else ""
    else:
        film_id = parse_qs(parts.query).get("v", [""])[0]
    if not _YOUTUBE_ID.match(film_id):
        return None
    return Film(
        "YouTube",
        f"https://www.youtube.com/watch?v={film_id}",
        f"https://www.youtube-nocookie.com/embed/{film_id}?autoplay=1&rel=0",
    )


def _vimeo(parts) -> Film | None:
    match = _VIMEO.match(parts.path)
    if match is None:
        return None
    film_id = match["id"]
    # An unlisted film needs its key, which stands in the path or as ?h=.
    key = match["key"] or parse_qs(parts.query).get("h", [""])[0]
    key = key if re.fullmatch(r"[0-9a-f]{6,16}", key) else ""
    watch = f"https://vimeo.com/{film_id}" + (f"/{key}" if key else "")
    hidden = f"&h={key}" if key else ""
    return Film(
        "Vimeo", watch, f"https://player.vimeo.com/video/{film_id}?autoplay=1&dnt=1{hidden}"
    )
