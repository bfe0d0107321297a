"""Posts from kept pages: a page that is the same for all visitors can hold no token.

For acts that need no sign-in. Instead of a token, the browser says where a form was sent from:
`Sec-Fetch-Site` in every browser of today, `Origin` in older ones; a page of another site can
change neither. Our cookies are SameSite=Lax besides. When a browser says neither, the visitor gets
a page with the same fields in a form with a token: one press more, and nothing is lost.
"""

from enum import Enum
from functools import wraps

from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 – the name of a field


class Sender(Enum):
    OURS = "ours"
    ANOTHER_SITE = "another site"
    NOT_SAID = "not said"


class _TokenCheck(CsrfViewMiddleware):
    """Django's, without its look at `Origin` and `Referer`: only those come here that say
    neither. Over HTTPS the cookie's `__Host-` prefix keeps other hosts from setting it."""

    def _origin_verified(self, request):
        return True

    def _check_referer(self, request):
        pass


_with_token = decorator_from_middleware(_TokenCheck)


def post_from_our_pages(view):
    """Lets only POST through to `view`, and only from pages of this site."""
    checked = _with_token(view)

    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request, *args, **kwargs):
        sender = sender_of(request)
        if sender is Sender.OURS:
            return view(request, *args, **kwargs)
        if sender is Sender.NOT_SAID and TOKEN_FIELD in request.POST:
            return checked(request, *args, **kwargs)
        return _ask(request, may_confirm=sender is Sender.NOT_SAID)

    return guarded


def sender_of(request) -> Sender:
    if site := request.headers.get("Sec-Fetch-Site"):
        return Sender.OURS if site == "same-origin" else Sender.ANOTHER_SITE
    # "null" is what a browser says that keeps quiet, as for a page with `no-referrer`.
    origin = request.headers.get("Origin", "null")
    if origin == "null":
        return Sender.NOT_SAID
    ours = f"{request.scheme}://{request.get_host()}"
    return Sender.OURS if origin == ours else Sender.ANOTHER_SITE


def _ask(request, *, may_confirm: bool):
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != TOKEN_FIELD
    ]
    context = {"may_confirm": may_confirm, "fields": fields}
    response = render(request, "innovation/same_origin.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response
