"""When an event takes place, and every change of that."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from expo.choices import OccasionKind, OccasionStatus
from expo.models.event import Event
from expo.models.place import Venue
from expo.querysets import OccasionQuerySet
from innovation.models.fields import Translated

# What a calendar must be told of, and everyone who planned to come.
REVISED = ("starts_at", "ends_at", "first_day", "last_day", "venue_id", "status")
# Written by revisions alone.
COUNTED = ("sequence", "revised_at")
# How long a visit is thought to take where nobody has said.
VISIT_MINUTES, TIMED_MINUTES = 30, 60


class Occasion(models.Model):
    """One time that an event takes place: timed (start to end) or drop-in (open for a span).

    `first_day` and `last_day` are always known, in Stockholm's time; `starts_at` and `ends_at`
    are None where the hours aren't. With a start they follow from it: an evening that ends past
    midnight belongs to the day that it began.
    """

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="occasions", verbose_name=_("event")
    )
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="occasions",
        verbose_name=_("venue"),
    )
    # What calendars know it by, for ever; never used again for another occasion.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=8, choices=OccasionKind, default=OccasionKind.TIMED
    )
    first_day = models.DateField(_("day"))
    last_day = models.DateField(_("last day"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    visit_minutes = models.PositiveSmallIntegerField(
        _("minutes for a visit"), null=True, blank=True, help_text=_("For drop-in.")
    )

    # ── Seats ──
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty when there is room for all.")
    )
    seats_held = models.PositiveIntegerField(
        _("seats held for walk-ins"), default=0, help_text=_("Can't be booked.")
    )
    # Written by bookings alone, with a condition, so that a seat is never sold twice.
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    smallest_group = models.PositiveIntegerField(_("smallest group"), null=True, blank=True)
    largest_group = models.PositiveIntegerField(_("largest group"), null=True, blank=True)

    # ── What became of it ──
    status = models.CharField(
        _("status"), max_length=10, choices=OccasionStatus, default=OccasionStatus.SCHEDULED
    )
    reason_sv = models.CharField(
        _("reason (Swedish)"),
        max_length=300,
        blank=True,
        help_text=_("Why it was moved or cancelled; visitors read it."),
    )
    reason_en = models.CharField(_("reason (English)"), max_length=300, blank=True)
    # As iCalendar counts: raised with every revision, never lowered.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    # Shape: ["first_day", "venue", …]: names of fields whose value no source states.
    inferred_fields = models.JSONField(_("concluded by us"), default=list, blank=True)

    reason = Translated()

    objects = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", F("starts_at").asc(nulls_first=True), "pk"]
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        indexes = [models.Index(fields=["first_day", "last_day"], name="occasion_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="occasion_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="occasion_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=F("seats_taken") + F("seats_held")),
                name="occasion_never_oversold",
            ),
            models.CheckConstraint(
                condition=Q(smallest_group=None)
                | Q(largest_group=None)
                | Q(largest_group__gte=F("smallest_group")),
                name="occasion_group_sizes_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(status=OccasionStatus.CANCELLED) | ~Q(reason_sv=""),
                name="occasion_cancelled_with_a_reason",
            ),
            # A form that is sent twice, or a copy made twice, makes one occasion.
            models.UniqueConstraint(
                "event",
                Coalesce("venue", 0),
                "starts_at",
                condition=Q(starts_at__isnull=False),
                name="one_occasion_per_event_place_and_start",
                violation_error_message=_("The event already begins there at that time."),
            ),
        ]

    def __str__(self):
        when = timezone.localtime(self.starts_at) if self.starts_at else self.first_day
        return f"{self.event} {when:%Y-%m-%d %H:%M}" if self.starts_at else f"{self.event} {when}"

    @transaction.atomic
    def save(self, *args, **kwargs):
        self.set_days()
        stored = type(self).objects.filter(pk=self.pk) if self.pk else None
        before = self.revised_values(stored) if stored is not None else {}
        if kwargs.get("update_fields") is not None:
            named = {*kwargs["update_fields"], "first_day", "last_day", "updated_at"}
            kwargs["update_fields"] = named - {*COUNTED}
        elif before:
            kwargs["update_fields"] = self._saved_fields()
        super().save(*args, **kwargs)
        if not before:
            self.write_first_revisions([self])
        elif self.write_revisions(before):
            self.refresh_from_db(fields=["sequence", "revised_at"])

    def get_absolute_url(self):
        return f"{self.event.get_absolute_url()}#{self.anchor}"

    def _saved_fields(self) -> set[str]:
        """All but what is counted in the database: an object read a while ago would set the
        sequence back, and give away seats that were booked meanwhile."""
        names = {item.name for item in self._meta.concrete_fields if not item.primary_key}
        return names - {*COUNTED, "seats_taken"}

    def set_days(self) -> None:
        """The days that follow from the hours, where those are known."""
        if self.starts_at is None:
            self.last_day = self.last_day or self.first_day
            return
        self.first_day = self.last_day = timezone.localtime(self.starts_at).date()
        if self.ends_at and self.ends_at - self.starts_at >= timedelta(days=1):
            self.last_day = timezone.localtime(self.ends_at).date()

    # ── Facts of one row ──
    @property
    def anchor(self) -> str:
        """What the event's page calls this occasion."""
        return f"occasion-{self.pk}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == OccasionStatus.CANCELLED

    @property
    def is_drop_in(self) -> bool:
        return self.kind == OccasionKind.DROP_IN

    @property
    def seats_left(self) -> int | None:
        """How many can still book; None when there is room for all."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.seats_held - self.seats_taken)

    @property
    def visit_length(self) -> timedelta:
        """How long a visit takes; a default where nobody has said."""
        if self.is_drop_in:
            return timedelta(minutes=self.visit_minutes or VISIT_MINUTES)
        if self.starts_at and self.ends_at:
            return self.ends_at - self.starts_at
        return timedelta(minutes=TIMED_MINUTES)

    # ── Revisions ──
    @classmethod
    def is_revised_by(cls, values: Iterable[str]) -> bool:
        names = {f"{name}_id" if name == "venue" else name for name in values}
        return not names.isdisjoint(REVISED)

    @classmethod
    def revised_values(cls, occasions: models.QuerySet) -> dict[int, dict]:
        """By key, what REVISED says of stored rows now; they stay locked until the commit."""
        # Keys first: rows that were found by way of an outer join can't be locked.
        keys = list(occasions.order_by("pk").values_list("pk", flat=True))
        rows = cls.objects.filter(pk__in=keys).order_by("pk").select_for_update()
        return {row.pop("pk"): row for row in rows.values("pk", *REVISED)}

    @classmethod
    def write_revisions(cls, before: dict[int, dict]) -> int:
        """Count on, and keep a revision for, each row that differs from `before`."""
        stored = cls.objects.filter(pk__in=before).only("pk", "sequence", *REVISED)
        changed = [row for row in stored if before[row.pk] != row._revised()]
        now = timezone.now()
        # Not through update() of ours, which would ask for revisions again.
        models.QuerySet(cls).filter(pk__in=[row.pk for row in changed]).update(
            sequence=F("sequence") + 1, revised_at=now
        )
        OccasionRevision.objects.bulk_create(
            OccasionRevision.of(row, row.sequence + 1, now, before[row.pk]) for row in changed
        )
        return len(changed)

    @classmethod
    def write_first_revisions(cls, occasions: Iterable["Occasion"]) -> None:
        OccasionRevision.objects.bulk_create(
            (OccasionRevision.of(row, row.sequence, row.revised_at) for row in occasions),
            ignore_conflicts=True,
        )

    def _revised(self) -> dict:
        return {name: getattr(self, name) for name in REVISED}


class OccasionRevision(models.Model):
    """How an occasion stood from one moment on. Rows are added, never changed."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="revisions")
    sequence = models.PositiveIntegerField()
    revised_at = models.DateTimeField()
    # Shape: ["starts_at", "venue_id", …]: what differs from the revision before; [] for the first.
    changed = models.JSONField(default=list)
    first_day = models.DateField()
    last_day = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    venue = models.ForeignKey(Venue, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=OccasionStatus)

    class Meta:
        ordering = ["occasion", "sequence"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "sequence"], name="one_revision_per_sequence"
            )
        ]

    def __str__(self):
        return f"{self.occasion_id}: {self.sequence}"

    @classmethod
    def of(cls, occasion: Occasion, sequence: int, at, before: dict | None = None):
        now = occasion._revised()
        changed = [name for name in REVISED if before is not None and before[name] != now[name]]
        return cls(
            occasion_id=occasion.pk, sequence=sequence, revised_at=at, changed=changed, **now
        )
