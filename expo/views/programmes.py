"""The pages of a programme: one's own (by the cookie), a secret link, and a shared one that only
reads. None of them may be kept by anybody else, nor tell another page where it was opened from."""

import io
from functools import wraps

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from expo import programmes
from expo.forms import MailForm
from expo.models import Expo, PersonalProgramme
from expo.pdf import programme_pdf
from expo.views.programme_cookie import current_of, held_in
from expo.views.programme_page import page_of
from innovation.models.fields import LANGUAGES

WORKER = settings.BASE_DIR / "static" / "js" / "programme-worker.js"


def private(view):
    """For answers that only those who have the secret may read."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


# ── One's own ─────────────────────────────────────────────────────────────────
@require_safe
@private
def programme_detail(request):
    return own_page(request)


def own_page(request, programme=None, *, status: int = 200, mail_form=None, item_form=None):
    """`programme`, or the visitor's current one. The forms are those that came back with faults."""
    held = held_in(request)
    programme = programme or current_of(held)
    if programme is None:
        context = {"expo": _expo_to_plan(), "has_lost": bool(request.COOKIES.get(_COOKIE))}
        return render(request, "expo/programme_none.html", context)
    context = page_of(programme, is_own=True, item_form=item_form)
    context |= {
        # Not the address of the form that came back: that is only sent to.
        "twins": _twins(),
        "others": [other for other in held if other != programme],
        "link": _absolute("programme-open", programme.edit_token),
        "shared_link": _shared_link(programme),
        "mail_form": mail_form or MailForm(),
        "kept_until": programmes.kept_until(programme.expo),
        "is_open": programmes.is_open(programme.expo),
        "most_items": programmes.MOST_ITEMS,
    }
    return render(request, "expo/programme_detail.html", context, status=status)


def _twins() -> dict[str, str]:
    """Where the page is in each language."""
    addresses = {}
    for code in LANGUAGES:
        with translation.override(code):
            addresses[code] = reverse("expo:programme-detail")
    return addresses


_COOKIE = settings.PROGRAMME_COOKIE_NAME


def _expo_to_plan() -> Expo | None:
    """The expo that is on, or the next one to come."""
    left = Expo.objects.visible().filter(ends_on__gte=timezone.localdate())
    return left.order_by("starts_on").first()


def _shared_link(programme: PersonalProgramme) -> str:
    return _absolute("programme-shared", programme.share_token) if programme.share_token else ""


def _absolute(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"expo:{name}", kwargs={"token": token})


@require_safe
@private
def programme_file(request):
    """One's own programme as PDF."""
    programme = current_of(held_in(request))
    if programme is None:
        raise Http404
    return _pdf(programme, is_own=True)


def _pdf(programme: PersonalProgramme, *, is_own: bool) -> HttpResponse:
    page = page_of(programme, is_own=is_own)
    response = HttpResponse(programme_pdf(page), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{programme.expo.slug}.pdf"'
    return response


# ── By a link ─────────────────────────────────────────────────────────────────
def opened_by(token_field: str):
    """For pages that a secret in the address opens; a wrong one gets a page that says so."""

    def decorate(view):
        @require_safe
        @private
        @wraps(view)
        def answer(request, token):
            programme = _of_token(token_field, token)
            if programme is None:
                response = render(request, "expo/programme_wrong_link.html", status=404)
            else:
                response = view(request, programme)
            # No page that is opened from here may learn the secret.
            response["Referrer-Policy"] = "no-referrer"
            return response

        return answer

    return decorate


def _of_token(token_field: str, token: str) -> PersonalProgramme | None:
    if not programmes.is_token(token):
        return None
    found = PersonalProgramme.objects.filter(**{token_field: token}).select_related("expo")
    return found.first()


@opened_by("edit_token")
def programme_open(request, programme):
    """The secret link: it shows the programme, and a press makes it this device's own."""
    context = page_of(programme, is_own=False)
    context |= {"is_here": programme in held_in(request), "token": programme.edit_token}
    return render(request, "expo/programme_open.html", context)


@opened_by("share_token")
def programme_shared(request, programme):
    context = page_of(programme, is_own=False)
    return render(request, "expo/programme_shared.html", context | {"token": programme.share_token})


@opened_by("share_token")
def programme_shared_file(request, programme):
    return _pdf(programme, is_own=False)


@opened_by("share_token")
def programme_qr(request, programme):
    """The shared link as a QR code."""
    picture = io.BytesIO()
    code = segno.make(_shared_link(programme), error="m")
    code.save(picture, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


# ── Offline ───────────────────────────────────────────────────────────────────
@require_safe
def programme_worker(request):
    """The service worker; its address decides that it serves the programme's pages and no other."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
