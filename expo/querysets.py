"""Reads: what the public may see of the expo, and the ways it is asked for."""

from django.db import models, transaction

from innovation.choices import Visibility
from innovation.querysets import PublishableQuerySet


class EventQuerySet(PublishableQuerySet):
    def visible(self):
        """What the public may see: a published event of a published expo."""
        return super().visible().filter(expo__visibility=Visibility.PUBLISHED)


class OccasionQuerySet(models.QuerySet):
    def visible(self):
        """What the public may see, cancelled ones included: they are told of, not hidden."""
        return self.filter(
            event__visibility=Visibility.PUBLISHED, event__expo__visibility=Visibility.PUBLISHED
        )

    def for_lists(self):
        """With all that a line of the programme reads: 1 query, and 2 for lists of values."""
        return self.select_related(
            "event__expo", "event__theme", "event__organiser", "venue__area"
        ).prefetch_related("event__audiences", "event__access_features")

    # A revision is written on every way to write but raw SQL.
    @transaction.atomic
    def update(self, **values):
        before = self.model.revised_values(self) if self.model.is_revised_by(values) else {}
        updated = super().update(**values)
        self.model.write_revisions(before)
        return updated

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for occasion in objs:
            occasion.set_days()
        created = super().bulk_create(objs, *args, **kwargs)
        # By uid: not every database tells new keys back when conflicts are ignored.
        stored = self.model.objects.filter(uid__in=[occasion.uid for occasion in created])
        self.model.write_first_revisions(stored)
        return created
