"""What is done to a programme: each a plain form, sent from a page of ours.

Whatever happens, the visitor comes back to where the form stood, with a sentence about it.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo import programmes, snapshot
from expo.forms import ItemForm, MailForm, NameForm, visit_start
from expo.models import Occasion, PersonalProgramme
from expo.programmes import NotDone
from expo.times import day_name, hours
from expo.views import programme_buttons, programme_cookie
from expo.views.programme_cookie import current_of, held_in
from expo.views.programme_page import items_of, plan_of, troubles_of
from expo.views.programmes import own_page, private
from innovation.same_origin import post_from_our_pages

_GONE = gettext_lazy("It isn’t in the expo’s programme any more. Nothing has changed.")
_TOO_LONG = gettext_lazy("A name can be at most 80 characters. Nothing has changed.")


# ── The way back ──────────────────────────────────────────────────────────────
def _to_programme(anchor: str = "") -> HttpResponse:
    address = reverse("expo:programme-detail")
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address, status=303)


def _back(request, anchor: str) -> HttpResponse:
    """To the page that the button stands on, if it is ours and says so; else to the programme."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    ):
        return _to_programme(anchor)
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    # One slash: with two, a path would be another host.
    path = "/" + parts.path.lstrip("/")
    return HttpResponseRedirect(f"{path}{query}#{anchor}", status=303)


def deed(view):
    """For what is done to one of the visitor's programmes: `view(request, programme, held)`.

    The form names the programme by its key, which is worth nothing without the cookie. Something
    that can't be done is said on the programme's page, where nothing has changed.
    """

    @post_from_our_pages
    @private
    @wraps(view)
    def done(request):
        held = held_in(request)
        key = request.POST.get("programme", "")
        programme = next((row for row in held if str(row.pk) == key), None)
        if programme is None:
            messages.error(request, _("That programme isn’t on this device any more."))
            return _to_programme()
        try:
            return view(request, programme, held)
        except NotDone as reason:
            messages.error(request, str(reason))
            return _to_programme()

    return done


def _occasion(value: str, occasions=None) -> Occasion | None:
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        return None
    occasions = Occasion.objects.visible() if occasions is None else occasions
    return occasions.select_related("event__expo", "venue__area").filter(pk=int(value)).first()


# ── Choosing ──────────────────────────────────────────────────────────────────
@post_from_our_pages
@private
def choose(request):
    """Put an occasion into the programme, or take it out: the buttons of every list."""
    is_adding = "add" in request.POST
    value = request.POST.get("add") or request.POST.get("remove", "")
    # What is withdrawn can still be taken out.
    occasion = _occasion(value, None if is_adding else Occasion.objects.all())
    held = held_in(request)
    programme = current_of(held, occasion.event.expo) if occasion else None
    try:
        if occasion is None:
            raise NotDone(_GONE)
        if is_adding:
            programme, said = _added(programme, occasion, held)
        else:
            said = _removed(programme, occasion)
    except NotDone as reason:
        said = str(reason)
    response = _chosen(request, occasion, programme, said)
    if is_adding and programme:
        programme_cookie.keep(response, [programme, *held])
    return response


def _added(programme, occasion: Occasion, held) -> tuple[PersonalProgramme, str]:
    if programme is None:
        programmes.check_may_have_more(len(held))
    item = programmes.add(programme, occasion)
    said = _("Added: %(title)s, %(when)s.") % {
        "title": occasion.event.title,
        "when": f"{day_name(occasion.first_day)} {hours(occasion)}",
    }
    entry = plan_of(items_of(item.programme)).entry(item.pk)
    return item.programme, " ".join([said, *(troubles_of(entry) if entry else [])])


def _removed(programme, occasion: Occasion) -> str:
    if programme is not None:
        programmes.remove(programme, occasion)
    return _("Removed: %(title)s.") % {"title": occasion.event.title}


def _chosen(request, occasion: Occasion | None, programme, said: str) -> HttpResponse:
    if "HX-Request" not in request.headers:
        messages.info(request, said)
        return _back(request, f"choose-{occasion.pk}" if occasion else "content")
    chosen = programme_buttons.chosen_of(programme)
    button = ""
    if occasion:
        is_chosen = occasion.pk in chosen
        button = programme_buttons.inside_of_button(occasion, is_chosen=is_chosen)
    context = {"button": button, "total": len(chosen), "said": said}
    return render(request, "expo/_programme_update.html", context)


@deed
def swap(request, programme, held):
    old = _occasion(request.POST.get("old", ""), Occasion.objects.all())
    # One value for both, since it is the button's: "12", or "12 2027-05-31T10:00+00:00".
    key, _space, visit_at = request.POST.get("new", "").partition(" ")
    new = _occasion(key)
    if old is None or new is None or new.event.expo_id != programme.expo_id:
        raise NotDone(_GONE)
    programmes.swap(programme, old, new, visit_at=_visit_at(visit_at, new))
    said = _("Swapped: %(title)s, %(when)s.")
    messages.success(
        request,
        said % {"title": new.event.title, "when": f"{day_name(new.first_day)} {hours(new)}"},
    )
    return _to_programme(f"item-{new.pk}")


def _visit_at(value: str, occasion: Occasion):
    try:
        start = parse_datetime(value)
        return visit_start(occasion, start) if start and start.tzinfo else None
    except (ValueError, OverflowError, ValidationError):
        return None  # the programme finds a time itself


@deed
def change_item(request, programme, held):
    """The note, and when a visit begins."""
    occasion = _occasion(request.POST.get("occasion", ""), Occasion.objects.all())
    item = programme.items.filter(occasion=occasion).first() if occasion else None
    if item is None:
        raise NotDone(_("It isn’t in your programme any more. Nothing has changed."))
    form = ItemForm(request.POST, occasion=occasion)
    if not form.is_valid():
        return own_page(request, programme, status=400, item_form=(item.pk, form))
    programmes.change_item(
        item, note=form.cleaned_data["note"], visit_at=form.cleaned_data["visit_at"]
    )
    messages.success(request, _("Saved."))
    return _to_programme(f"item-{occasion.pk}")


@deed
def mark_seen(request, programme, held):
    pairs = [value.partition(":") for value in request.POST.getlist("seen")]
    sequences = {
        int(key): int(sequence)
        for key, _colon, sequence in pairs
        if key.isdecimal() and sequence.isdecimal() and len(key) < 19 and len(sequence) < 10
    }
    programmes.mark_seen(programme, sequences)
    return _to_programme()


# ── Several programmes ────────────────────────────────────────────────────────
@post_from_our_pages
@private
def new(request):
    held = held_in(request)
    form = NameForm(request.POST)
    expo = snapshot.expos().get(request.POST.get("expo", ""))
    try:
        if not form.is_valid():
            raise NotDone(_TOO_LONG)
        if expo is None:
            raise NotDone(_("That expo isn’t on the site any more. Nothing has changed."))
        programme = programmes.new(expo, name=form.cleaned_data["name"], held=len(held))
    except NotDone as reason:
        messages.error(request, str(reason))
        return _to_programme()
    response = _to_programme()
    programme_cookie.keep(response, [programme, *held])
    return response


@deed
def switch(request, programme, held):
    response = _to_programme()
    programme_cookie.keep(response, [programme, *held])
    return response


@deed
def rename(request, programme, held):
    form = NameForm(request.POST)
    if not form.is_valid():
        raise NotDone(_TOO_LONG)
    programmes.rename(programme, form.cleaned_data["name"])
    return _to_programme()


@deed
def delete(request, programme, held):
    left = [other for other in held if other != programme]
    programme.delete()
    messages.success(request, _("The programme has been deleted."))
    response = _to_programme()
    programme_cookie.keep(response, left)
    return response


@post_from_our_pages
@private
def forget(request):
    """This device forgets its programmes; they are still there for whoever has their links."""
    messages.success(request, _("This device has forgotten your programmes."))
    response = _to_programme()
    programme_cookie.forget(response)
    return response


# ── Links ─────────────────────────────────────────────────────────────────────
@deed
def share(request, programme, held):
    programmes.share(programme)
    return _to_programme("share")


@deed
def take_back(request, programme, held):
    programmes.take_back(programme)
    messages.success(request, _("The shared link has been taken back and leads nowhere now."))
    return _to_programme("share")


@deed
def renew_calendar(request, programme, held):
    programmes.renew_calendar(programme)
    messages.success(request, _("The calendar has a new address; the old one leads nowhere now."))
    return _to_programme("calendar")


@deed
def mail_link(request, programme, held):
    form = MailForm(request.POST)
    if not form.is_valid():
        return own_page(request, programme, status=400, mail_form=form)
    programmes.mail_link(programme, form.cleaned_data["email"])
    messages.success(
        request,
        _("The link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]},
    )
    return _to_programme("keep")


@post_from_our_pages
@private
def use_here(request):
    """The programme of a secret link becomes this device's own."""
    token = request.POST.get("token", "")
    opened = programmes.of_tokens([token]) if programmes.is_token(token) else []
    if not opened:
        return _wrong_link(request)
    return _taken(request, opened[0])


@post_from_our_pages
@private
def copy(request):
    """One's own copy of a programme that was shared."""
    token = request.POST.get("token", "")
    shared = programmes.shared_by(token)
    if shared is None:
        return _wrong_link(request)
    try:
        own = programmes.copy(shared, held=len(held_in(request)))
    except NotDone as reason:
        messages.error(request, str(reason))
        return _to_programme()
    return _taken(request, own)


def _taken(request, programme: PersonalProgramme) -> HttpResponse:
    others = [other for other in held_in(request) if other != programme]
    try:
        # None gives way by itself: its link may be written down nowhere else.
        programmes.check_may_have_more(len(others))
    except NotDone as reason:
        messages.error(request, str(reason))
        return _to_programme()
    response = _to_programme()
    programme_cookie.keep(response, [programme, *others])
    return response


def _wrong_link(request) -> HttpResponse:
    return render(request, "expo/programme_wrong_link.html", status=404)
