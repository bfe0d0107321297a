"""Stores the invented edition, all at once and only once."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from expo.demonstration.drawing import DAYS, DrawnEvent, DrawnOccasion, draw, first_monday
from expo.models import AccessFeature, Area, Audience, Event, Expo, Occasion, Theme, Venue
from innovation.choices import Visibility
from innovation.models import Initiative, Organisation

SLUG = "demonstration"
TEXTS = {
    "name_sv": "Demonstration: ett påhittat City Expo",
    "name_en": "Demonstration: an invented City Expo",
    "lead_sv": "Ett påhittat program på riktiga platser, gjort för att visa vad sajten kan. "
    "Inget av det äger rum.",
    "lead_en": "An invented programme at real venues, made to show what the site can do. "
    "None of it takes place.",
    "text_sv": "<p>Programmet är en demonstration. Platserna, organisationerna och initiativen "
    "finns på riktigt, men de har inte lovat något av det som står här.</p>",
    "text_en": "<p>The programme is a demonstration. The venues, organisations and initiatives "
    "are real, but they have promised nothing of what stands here.</p>",
}
# What an event says besides its lead, by its kind.
MANNER_SV = {
    "ceremony": "Alla är välkomna, ingen anmälan behövs.",
    "concert": "Ta med något att sitta på om vi är utomhus.",
    "conference": "En hel dag med korta pass, lunch och tid att prata.",
    "exhibition": "Kom när du vill och stanna så länge du vill.",
    "festival": "Kom och gå som du vill under dagen.",
    "field-trip": "Vi går eller cyklar i lugn takt. Klä dig efter vädret.",
    "market": "Kom när du vill. Det går bra att bara titta.",
    "meeting": "Vi bjuder på kaffe. Kom i tid, vi börjar på slaget.",
    "panel": "Samtal på scen, sedan får publiken fråga.",
    "performance": "Dörrarna öppnar en kvart före.",
    "seminar": "För dig som arbetar med frågan, eller bara är nyfiken.",
    "session": "Du behöver inte kunna något i förväg.",
    "talk": "Ett kort föredrag, sedan är det fritt fram att fråga.",
    "tour": "Vi går tillsammans i lugn takt. Samling vid entrén.",
    "workshop": "Vi arbetar i små grupper. Allt material finns på plats.",
}
MANNER_EN = {
    "ceremony": "Everyone is welcome, no need to sign up.",
    "concert": "Bring something to sit on if we are outdoors.",
    "conference": "A whole day of short sessions, lunch and time to talk.",
    "exhibition": "Come when you like and stay as long as you like.",
    "festival": "Come and go as you please during the day.",
    "field-trip": "We walk or cycle at an easy pace. Dress for the weather.",
    "market": "Come when you like. Just looking is fine.",
    "meeting": "Coffee is on us. Be on time, we begin on the hour.",
    "panel": "A conversation on stage, then the audience may ask.",
    "performance": "Doors open a quarter of an hour before.",
    "seminar": "For those who work with the question, or are just curious.",
    "session": "You needn’t know anything beforehand.",
    "talk": "A short talk, then ask whatever you like.",
    "tour": "We walk together at an easy pace. Meet at the entrance.",
    "workshop": "We work in small groups. All materials are provided.",
}
# Every so many of the timed occasions that come after each other.
MOVED_EVERY, CANCELLED_EVERY = 41, 67
REASONS_MOVED = (
    ("Lokalen räckte inte till.", "The room was too small."),
    ("Tåget från Köpenhamn kommer senare.", "The train from Copenhagen arrives later."),
    ("Vädret: vi väntar ut regnet.", "The weather: we wait for the rain to pass."),
)
REASONS_CANCELLED = (
    (
        "Den som skulle leda passet har blivit sjuk.",
        "The person who was to lead it has fallen ill.",
    ),
    ("För få anmälda.", "Too few had signed up."),
    ("För hård vind på kajen.", "The wind on the quay is too strong."),
)


@transaction.atomic
def load(topics: list[dict[str, Any]], *, today: date | None = None) -> Expo | None:
    """The new edition; None when there was one already, which is left as it is."""
    if Expo.objects.filter(slug=SLUG).exists():
        return None
    starts_on = first_monday(today or timezone.localdate())
    expo = Expo.objects.create(
        slug=SLUG,
        **TEXTS,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=DAYS - 1),
        visibility=Visibility.PUBLISHED,
        is_example=True,
    )
    expo.areas.set(Area.objects.all())
    drawn = draw(topics, starts_on)
    events = _write_events(expo, list(dict.fromkeys(one.event for one in drawn)))
    _write_occasions(drawn, events)
    return expo


# ── Events ────────────────────────────────────────────────────────────────────
def _write_events(expo: Expo, drawn: list[DrawnEvent]) -> dict[DrawnEvent, Event]:
    organisations, themes = _by_slug(Organisation), _by_slug(Theme)
    now = timezone.now()
    made = Event.objects.bulk_create(
        Event(
            expo=expo,
            slug=one.slug,
            title_sv=one.record["title_sv"],
            title_en=one.record["title_en"],
            lead_sv=one.topic["lead_sv"],
            lead_en=one.topic["lead_en"],
            text_sv=f"<p>{MANNER_SV[one.record['kind']]}</p>",
            text_en=f"<p>{MANNER_EN[one.record['kind']]}</p>",
            theme=themes.get(one.topic["theme"]),
            organiser=organisations.get(one.topic["organiser"]),
            visibility=Visibility.PUBLISHED,
            published_at=now,
            **one.facts,
        )
        for one in drawn
    )
    events = dict(zip(drawn, made, strict=True))
    _link(events, Event.hosts, organisations, lambda one: one.topic["hosts"])
    _link(events, Event.initiatives, _by_slug(Initiative), lambda one: one.topic["initiatives"])
    _link(events, Event.audiences, _by_slug(Audience), lambda one: one.topic["audiences"])
    _link(events, Event.access_features, _by_slug(AccessFeature), lambda one: one.access)
    return events


def _link(events: dict, relation, rows: dict[str, Any], slugs_of) -> None:
    """What isn't in the catalogue is left out."""
    links = relation.through
    target = relation.field.m2m_reverse_name()
    links.objects.bulk_create(
        links(**{"event_id": event.pk, target: rows[slug].pk})
        for drawn, event in events.items()
        for slug in slugs_of(drawn)
        if slug in rows
    )


def _by_slug(model) -> dict[str, Any]:
    return {row.slug: row for row in model._default_manager.all()}


# ── Occasions ─────────────────────────────────────────────────────────────────
def _write_occasions(drawn: list[DrawnOccasion], events: dict[DrawnEvent, Event]) -> None:
    venues = _by_slug(Venue)
    made = Occasion.objects.bulk_create(
        Occasion(
            event=events[one.event],
            venue=venues.get(one.venue),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            **one.fields,
        )
        for one in drawn
    )
    _change_some([row for row in made if not row.is_drop_in])


def _change_some(timed: list[Occasion]) -> None:
    """Some are moved by half an hour and some are cancelled, as in life: saved one by one, so that
    each has its revision."""
    for number, occasion in enumerate(timed[MOVED_EVERY::MOVED_EVERY]):
        occasion.starts_at += timedelta(minutes=30)
        occasion.ends_at += timedelta(minutes=30)
        occasion.status = "moved"
        _give_reason(occasion, REASONS_MOVED, number)
    for number, occasion in enumerate(timed[CANCELLED_EVERY::CANCELLED_EVERY]):
        occasion.status = "cancelled"
        _give_reason(occasion, REASONS_CANCELLED, number)


def _give_reason(occasion: Occasion, reasons: tuple, number: int) -> None:
    occasion.reason_sv, occasion.reason_en = reasons[number % len(reasons)]
    occasion.save()
