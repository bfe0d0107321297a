"""What the pages of a programme show: its days in words, with what is wrong and what is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo import itinerary, programme_changes
from expo.forms import ItemForm
from expo.itinerary import (
    IN_PLANS,
    Day,
    Entry,
    Gap,
    GapKind,
    Itinerary,
    Stop,
    Trouble,
    TroubleKind,
    Why,
)
from expo.models import Occasion, PersonalProgramme, ProgrammeItem
from expo.swaps import Swap, swaps
from expo.times import clock, day_name, hours, length
from expo.wording import minutes_about
from innovation.choices import Band


@dataclass
class EntryShown:
    """A visit. `notices` are what is wrong with it, `changes` what is new since it was seen."""

    item: ProgrammeItem
    when: str
    about_time: str = ""
    notices: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    swaps: list["SwapShown"] = field(default_factory=list)
    form: ItemForm | None = None
    is_clash: bool = False
    is_last_chosen: bool = False  # of those that are in trouble with each other
    note: str = ""  # for its owner alone
    is_gap = False

    @property
    def occasion(self) -> Occasion:
        return self.item.occasion

    @property
    def band(self) -> str:
        """The stripe is the area's."""
        venue = self.occasion.venue
        return venue.area.band if venue and venue.area else Band.NEUTRAL

    # What stands in the fields: what was typed, where it came back with a fault.
    @property
    def note_typed(self) -> str:
        return self.form.data.get("note", "") if self.form else self.item.note

    @property
    def time_typed(self) -> str:
        if self.form:
            return self.form.data.get("visit_time", "")
        start = self.item.visit_at
        return f"{timezone.localtime(start):%H:%M}" if start else ""

    @property
    def day_typed(self) -> str:
        if self.form:
            return self.form.data.get("visit_day", "")
        start = self.item.visit_at
        return f"{timezone.localtime(start).date() if start else self.occasion.first_day}"


@dataclass(frozen=True)
class GapShown:
    kind: GapKind
    said: str
    is_tight: bool
    is_gap = True


@dataclass(frozen=True)
class SwapShown:
    occasion: Occasion
    when: str
    visit_at: str  # ISO; empty where the occasion has its own hours
    is_same_event: bool


@dataclass
class DayShown:
    date: date
    name: str
    total: str
    lines: list[EntryShown | GapShown]
    unplaced: list[EntryShown]


def page_of(
    programme: PersonalProgramme, *, is_own: bool, item_form: tuple[int, ItemForm] | None = None
) -> dict:
    """The context of `expo/_plan.html` and what stands around it. 3 queries, and one more each
    when something has changed and when there are swaps to look for.

    is_own: with notes, news and forms. item_form: the key of an item, and its form with faults.
    """
    items = {item.pk: item for item in items_of(programme)}
    plan = plan_of(items.values())
    offered = _swaps(plan, programme) if is_own else {}
    changes = programme_changes.changes_of(items.values()) if is_own else {}
    bad_key, bad_form = item_form or (None, None)

    def shown(entry: Entry) -> EntryShown:
        key = entry.stop.key
        return EntryShown(
            item=items[key],
            when=_when(entry),
            about_time=_about_time(entry),
            notices=troubles_of(entry),
            changes=changes.get(key, []),
            swaps=[_swap_shown(swap, entry) for swap in offered.get(key, [])],
            form=bad_form if key == bad_key else None,
            note=items[key].note if is_own else "",
            is_last_chosen=all(
                trouble.other is None or trouble.other.stop.key < key for trouble in entry.troubles
            ),
            is_clash=any(trouble.kind == TroubleKind.CLASH for trouble in entry.troubles),
        )

    return {
        "programme": programme,
        "expo": programme.expo,
        "days": [_day(day, shown) for day in plan.days],
        "total": len(items),
        "withdrawn": programme.items.count() - len(items),
        "changed": len(changes),
        # What "Seen" says has been read.
        "seen": [f"{items[key].occasion_id}:{items[key].occasion.sequence}" for key in changes],
        "is_own": is_own,
    }


def items_of(programme: PersonalProgramme) -> list[ProgrammeItem]:
    """Those that the public may see, with all that a page says of them; 2 queries."""
    items = programme.items.filter(occasion__in=Occasion.objects.visible())
    items = {item.occasion_id: item for item in items}
    for occasion in Occasion.objects.filter(pk__in=items).select_related(*IN_PLANS):
        items[occasion.pk].occasion = occasion
        items[occasion.pk].programme = programme
    return list(items.values())


def plan_of(items: Iterable[ProgrammeItem]) -> Itinerary:
    return itinerary.arrange(Stop(item.pk, item.occasion, item.visit_at) for item in items)


def _swaps(plan: Itinerary, programme: PersonalProgramme) -> dict[int, list[Swap]]:
    troubled = [entry for entry in plan.entries if entry.troubles]
    if not troubled:
        return {}
    candidates = Occasion.objects.visible().filter(
        Q(first_day__in=[entry.day for entry in troubled])
        | Q(event__in=[entry.occasion.event_id for entry in troubled]),
        event__expo=programme.expo_id,
    )
    candidates = list(candidates.select_related(*IN_PLANS))
    return {entry.stop.key: swaps(entry, plan, candidates) for entry in troubled}


# ── In words ──────────────────────────────────────────────────────────────────
def _day(day: Day, shown) -> DayShown:
    lines = [shown(line) if isinstance(line, Entry) else _gap(line) for line in day.lines]
    unplaced = [shown(entry) for entry in day.unplaced]
    visits = len(day.entries) + len(unplaced)
    total = ngettext("%(n)d item", "%(n)d items", visits) % {"n": visits}
    if day.walk_minutes:
        walk = _("%(minutes)s on foot") % {"minutes": minutes_about(day.walk_minutes)}
        total = f"{total}, {walk}"
    return DayShown(day.date, day_name(day.date), total, lines, unplaced)


def _when(entry: Entry) -> str:
    if entry.starts_at is None:
        return hours(entry.occasion)
    if not entry.is_end_known:
        return _("from %(time)s") % {"time": clock(entry.starts_at)}
    return f"{clock(entry.starts_at)}–{clock(entry.ends_at)}"


def _about_time(entry: Entry) -> str:
    """Where the time comes from, or why there is none."""
    occasion = entry.occasion
    if entry.is_proposed:
        return _("Drop in, open %(hours)s. We suggest this time.") % {"hours": hours(occasion)}
    if occasion.is_drop_in and entry.starts_at and occasion.starts_at:
        return _("Drop in, open %(hours)s. You chose this time.") % {"hours": hours(occasion)}
    return _reason(entry.why)


def _reason(why: Why | None) -> str:
    if why == Why.NO_HOURS:
        return _("The hours aren’t known, so we can’t say whether it goes with the rest.")
    if why == Why.MANY_DAYS:
        return _("Goes on for several days: choose yourself when to come.")
    if why == Why.NO_ROOM:
        return _("Drop in, but no time that day has room for the visit and the walks.")
    if why == Why.NO_POSITION:
        return _("Drop in, but some place isn’t known, so we can’t say how long the walk takes.")
    return ""


def _gap(gap: Gap) -> GapShown:
    minutes = length(itinerary.MINUTE * gap.minutes)
    said = {
        GapKind.WALK: _("walk, %(minutes)s") % {"minutes": minutes_about(gap.minutes)},
        GapKind.LUNCH: _("time for lunch, %(time)s") % {"time": minutes},
        GapKind.FREE: _("free, %(time)s") % {"time": minutes},
        GapKind.UNKNOWN: _("when it ends isn’t known"),
    }
    return GapShown(gap.kind, said[gap.kind], gap.is_tight)


def troubles_of(entry: Entry) -> list[str]:
    """All that is wrong with an entry, as sentences: "Krockar med …"."""
    return [_trouble(entry, trouble) for trouble in entry.troubles]


def _trouble(entry: Entry, trouble: Trouble) -> str:
    other = trouble.other
    if other is None:
        return _("The time you chose lies outside the opening hours.")
    title = other.occasion.event.title
    if trouble.kind == TroubleKind.CLASH:
        return _("Clashes with “%(title)s”, %(hours)s.") % {"title": title, "hours": _when(other)}
    said = (
        _("Too tight: the walk to “%(title)s” takes %(walk)s, and you have %(has)d min.")
        if entry.order < other.order
        else _("Too tight: the walk from “%(title)s” takes %(walk)s, and you have %(has)d min.")
    )
    return said % {
        "title": title,
        "walk": minutes_about(trouble.walk_minutes),
        "has": trouble.has_minutes,
    }


def _swap_shown(swap: Swap, entry: Entry) -> SwapShown:
    when = f"{clock(swap.starts_at)}–{clock(swap.ends_at)}"
    day = timezone.localtime(swap.starts_at).date()
    if day != entry.day:
        when = f"{day_name(day)} {when}"
    is_visit = swap.occasion.is_drop_in
    visit_at = swap.starts_at.isoformat() if is_visit else ""
    return SwapShown(swap.occasion, when, visit_at, swap.is_same_event)
