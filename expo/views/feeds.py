"""Files of the programme for other programs: calendars, tables, feeds."""

import re
from collections.abc import Callable
from datetime import date
from functools import wraps

from django.http import Http404, HttpResponseNotFound, QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from expo import changes_feed, exports, schedule_formats
from expo.calendar import About, Entry, calendar_file
from expo.conditional import File, answer
from expo.feed_rows import absolute, filters, latest, not_long_cancelled, rows
from expo.filters import matching_occasions
from expo.models import Area, Event, PersonalProgramme
from expo.shown import events_of, hosted_by, hosts_of, occasions_of
from expo.views.editions import edition_page, moved_or_gone
from innovation.models import Organisation

CALENDAR = "text/calendar; charset=utf-8"
MOST_ALARM_MINUTES = 24 * 60


def edition_file(view):
    """For a file under `expo/<slug:edition>/`, which the view makes for the Expo that it is given
    in place of its slug. While the content stays the same, the database isn't asked at all."""
    make = edition_page(view)

    @require_safe
    @wraps(view)
    def file(request, **kwargs):
        key = (_filters(request).urlencode(), _alarm_minutes(request))
        return answer(request, lambda: make(request, **kwargs), key=key)

    return file


# ── Calendars ─────────────────────────────────────────────────────────────────
@edition_file
def list_calendar(request, expo):
    """What the list of the programme shows, with the same filters."""
    query = _filters(request)
    name = _("%(expo)s, a selection") % {"expo": expo.name} if query else str(expo.name)
    page = reverse("expo:occasion-list", kwargs={"edition": expo.slug})
    page = f"{page}?{query.urlencode()}" if query else page
    found = matching_occasions(query, expo)
    return _calendar(request, expo, found, name, page, file_name=expo.slug, query=query)


@edition_file
def host_calendar(request, expo, slug):
    host = hosts_of(expo).filter(slug=slug).first()
    if host is None:
        return moved_or_gone(request, Organisation, slug)
    page = reverse("expo:host-detail", kwargs={"edition": expo.slug, "slug": slug})
    found = occasions_of(expo).filter(hosted_by(host))
    name = f"{host.name}, {expo.name}"
    return _calendar(request, expo, found, name, page, file_name=slug)


@edition_file
def area_calendar(request, expo, slug):
    area = Area.objects.filter(slug=slug).first()
    if area is None:
        return moved_or_gone(request, Area, slug)
    page = reverse("expo:area-detail", kwargs={"edition": expo.slug, "slug": slug})
    found = occasions_of(expo).filter(venue__area=area)
    name = f"{area.name}, {expo.name}"
    return _calendar(request, expo, found, name, page, file_name=slug, band=area.band)


@edition_file
def event_calendar(request, expo, slug):
    event = events_of(expo).filter(slug=slug).select_related("theme").first()
    if event is None:
        return moved_or_gone(request, Event, slug)
    page = reverse("expo:event-detail", kwargs={"edition": expo.slug, "slug": slug})
    found = occasions_of(expo).filter(event=event)
    theme = {"band": event.theme.band} if event.theme else {}
    return _calendar(request, expo, found, str(event.title), page, file_name=slug, **theme)


def _calendar(request, expo, occasions, name, page, *, file_name, query=None, **colour):
    alarm_minutes = _alarm_minutes(request)
    address = _address(request, query, alarm_minutes)
    about = About(
        name=_named(expo, name),
        address=address,
        page=absolute(page),
        alarm_minutes=alarm_minutes,
        **colour,
    )

    found = rows(not_long_cancelled(occasions))
    return File(
        calendar_file(map(Entry, found), about),
        latest(found, expo.updated_at),
        CALENDAR,
        f"{file_name}.ics",
    )


@require_safe
def personal_calendar(request, token):
    """A programme's own calendar, for whoever has its secret address."""
    plan = _plan(token)
    if not plan:
        return _no_calendar()
    alarm_minutes = _alarm_minutes(request)
    return answer(
        request,
        lambda: _personal_file(request, plan, alarm_minutes),
        key=(plan, alarm_minutes),
    )


_TOKEN = re.compile(r"[\w-]{8,64}", re.ASCII)


def _plan(token: str) -> tuple[tuple, ...]:
    """(programme's key, when it was changed, occasion's key, visit at, note, how often the visit
    was changed) for each item; the last four None for an empty programme, and nothing at all
    without a programme."""
    if not _TOKEN.fullmatch(token):
        return ()
    programmes = PersonalProgramme.objects.filter(calendar_token=token).order_by("items__occasion")
    # One query, without objects: this is all that it costs to say that nothing has changed.
    return tuple(
        programmes.values_list(
            "pk",
            "updated_at",
            "items__occasion",
            "items__visit_at",
            "items__note",
            "items__plan_sequence",
        )
    )


def _planned_entry(row, programme, visit_at, note: str, plan_sequence: int) -> Entry:
    return Entry(row, visit_at, note, programme.updated_at, plan_sequence)


def _personal_file(request, plan: tuple[tuple, ...], alarm_minutes: int | None) -> File:
    programme = PersonalProgramme.objects.select_related("expo").get(pk=plan[0][0])
    expo = programme.expo
    planned = {key: item for _, _, key, *item in plan if key}
    about = About(
        name=_named(expo, programme.name or _("My programme")),
        address=_address(request, None, alarm_minutes),
        page=absolute(expo.get_absolute_url()),
        alarm_minutes=alarm_minutes,
    )
    entries = [
        _planned_entry(row, programme, *planned[row.pk])
        for row in rows(not_long_cancelled(occasions_of(expo).filter(pk__in=planned)))
    ]
    return File(
        calendar_file(entries, about),
        max([programme.updated_at, *(entry.changed_at for entry in entries)]),
        CALENDAR,
        f"{slugify(about.name) or 'programme'}.ics",
        is_public=False,
    )


def _no_calendar():
    sentence = _(
        "There is no calendar at this address. It may have been taken back: "
        "open your programme and fetch the calendar’s address anew."
    )
    response = HttpResponseNotFound(f"{sentence}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


# ── Tables and feeds ──────────────────────────────────────────────────────────
@edition_file
def table(request, expo):
    """What the list of the programme shows, as CSV."""
    found = rows(matching_occasions(_filters(request), expo), *exports.RELATIONS)
    return File(
        exports.as_csv(found),
        latest(found, expo.updated_at),
        "text/csv; charset=utf-8",
        f"{expo.slug}.csv",
    )


@edition_file
def changes(request, expo):
    found = changes_feed.changes_of(expo)
    return File(
        changes_feed.as_atom(expo, found, address=absolute(request.path)),
        max([expo.updated_at, *(change.revision.revised_at for change in found)]),
        "application/atom+xml; charset=utf-8",
        f"{expo.slug}-changes.atom",
    )


@edition_file
def schedule_xml(request, expo, day=None):
    return _schedule(expo, day, schedule_formats.as_xml, "xml")


@edition_file
def schedule_json(request, expo, day=None):
    return _schedule(expo, day, schedule_formats.as_json, "json")


def _schedule(expo, day: str | None, write: Callable[[dict], bytes], ending: str) -> File:
    wanted = _day(day, expo) if day else None
    found = rows(occasions_of(expo), *schedule_formats.RELATIONS)
    return File(
        write(schedule_formats.schedule(expo, found, wanted)),
        latest(found, expo.updated_at),
        f"application/{ending}; charset=utf-8",
        f"{expo.slug}-{day}.{ending}" if day else f"{expo.slug}.{ending}",
    )


def _day(text: str, expo) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day.isoformat() != text or day not in expo.days:
        raise Http404
    return day


# ── What is asked for ─────────────────────────────────────────────────────────
def _filters(request) -> QueryDict:
    return filters(request.META.get("QUERY_STRING", ""))


def _alarm_minutes(request) -> int | None:
    """?alarm=30 wakes half an hour before; none for what is no such number."""
    text = request.GET.get("alarm", "")[:5]
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_ALARM_MINUTES:
        return None
    return int(text)


def _address(request, query: QueryDict | None, alarm_minutes: int | None) -> str:
    """Where this very file is fetched, whole; what it doesn't depend on is left out."""
    asked = query.copy() if query else QueryDict(mutable=True)
    if alarm_minutes is not None:
        asked["alarm"] = str(alarm_minutes)
    return absolute(f"{request.path}?{asked.urlencode()}" if asked else request.path)


def _named(expo, name: str) -> str:
    """A calendar of invented events says so where it is listed among others."""
    label = _("demonstration")
    return f"{name} ({label})" if expo.is_example and label not in name.lower() else name
