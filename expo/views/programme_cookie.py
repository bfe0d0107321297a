"""The cookie that holds the secrets of a visitor's programmes, the current one first.

It is set only by a press: the first "add", a new programme, a copy, or "use on this device".
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from expo import programmes
from expo.models import Expo, PersonalProgramme

# A full stop is in no secret, and needs no quotes in a cookie.
_BETWEEN = "."
# What browsers keep a cookie for at most.
_LONGEST = timedelta(days=400)


def tokens_in(request) -> list[str]:
    """The secrets of the cookie, each once, whether or not they still open anything."""
    cookie = request.COOKIES.get(settings.PROGRAMME_COOKIE_NAME, "")
    tokens = [token for token in cookie.split(_BETWEEN) if programmes.is_token(token)]
    return list(dict.fromkeys(tokens))[: programmes.MOST_PROGRAMMES]


def held_in(request) -> list[PersonalProgramme]:
    """The visitor's programmes, the current one first; no SQL without the cookie."""
    tokens = tokens_in(request)
    return programmes.of_tokens(tokens) if tokens else []


def current_of(held: Iterable[PersonalProgramme], expo: Expo | None = None):
    """The first of `held`, or the first of them that is for `expo`; None when there is none."""
    return next((row for row in held if expo is None or row.expo_id == expo.pk), None)


def keep(response, held: Iterable[PersonalProgramme]) -> None:
    """Let the device remember `held`, the current one first, for as long as they are kept."""
    held = list(dict.fromkeys(held))
    if not held:
        forget(response)
        return
    last_day = max(programmes.kept_until(programme.expo) for programme in held)
    left = last_day - timezone.localdate() + timedelta(days=1)
    response.set_cookie(
        settings.PROGRAMME_COOKIE_NAME,
        _BETWEEN.join(programme.edit_token for programme in held),
        max_age=max(timedelta(days=1), min(left, _LONGEST)),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response) -> None:
    response.delete_cookie(settings.PROGRAMME_COOKIE_NAME, samesite="Lax")
