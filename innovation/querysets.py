"""Reads: chainable verbs, and the one rule about what the public may see."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from innovation.choices import CITY_KINDS, Visibility
from innovation.search_texts import has_text


class PublishableQuerySet(models.QuerySet):
    def visible(self):
        """What the public may see. Every page, count, feed, index and export starts here."""
        return self.filter(visibility=Visibility.PUBLISHED)

    def without_examples(self):
        """Leaves the invented ones out: every number, list, feed and export that isn't asked
        to show them."""
        return self.filter(is_example=False)


class InitiativeQuerySet(PublishableQuerySet):
    # What the search reads follows every way to write but raw SQL (see `manage.py reindex`).
    @transaction.atomic
    def update(self, **values):
        keys = list(self.values_list("pk", flat=True)) if has_text(values) else []
        updated = super().update(**values)
        if keys:
            self.model.write_search_texts(keys)
        return updated

    update.alters_data = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        created = super().bulk_create(objs, *args, **kwargs)
        # By slug: with conflicts ignored, the rows don't know their keys.
        slugs = [initiative.slug for initiative in created]
        stored = self.model.objects.filter(slug__in=slugs)
        self.model.write_search_texts(stored.values_list("pk", flat=True))
        return created

    def visible(self):
        return super().visible().filter(internal=False)

    def for_cards(self):
        """With all that `_initiative_card.html` reads: 1 query, however many cards."""
        return self.select_related("status", "category", "driven_by")

    def furthest_first(self):
        return self.order_by(F("progress_percent").desc(nulls_last=True), "title_sv", "pk")

    def linked_to(self, organisation):
        """Those that `organisation` drives, takes part in or is a partner of, each once."""
        return self.filter(
            Q(pk__in=organisation.driven_initiatives.values("pk"))
            | Q(pk__in=organisation.joined_initiatives.values("pk"))
            | Q(pk__in=organisation.partnered_initiatives.values("pk"))
        )

    def joined_by(self, slugs):
        """Those that any of the organisations takes part in or is a partner of."""
        return self.filter(
            Q(
                pk__in=self.model.partners.through.objects.filter(
                    organisation__slug__in=slugs
                ).values("initiative")
            )
            | Q(
                pk__in=self.model.participants.through.objects.filter(
                    organisation__slug__in=slugs
                ).values("initiative")
            )
        )

    def needing_review(self, today=None):
        return self.filter(review_on__lt=today or timezone.localdate())

    def with_stated(self, field: str):
        """Those whose value for `field` a source states: not concluded by us."""
        # A JSON list can't be asked for a member on SQLite; its text can, the same on both.
        text = models.functions.Cast("inferred_fields", models.TextField())
        return self.alias(inferred_text=text).exclude(inferred_text__contains=f'"{field}"')


class ImpactTargetQuerySet(models.QuerySet):
    """Keeps what the search reads of their initiatives."""

    @transaction.atomic
    def update(self, **values):
        before = dict(self.values_list("pk", "initiative"))
        updated = super().update(**values)
        # By key: what is changed may no longer be in this queryset.
        after = self.model.objects.filter(pk__in=before).values_list("initiative", flat=True)
        self._write_search_texts({*before.values(), *after})
        return updated

    update.alters_data = True

    @transaction.atomic
    def delete(self):
        initiatives = self._initiatives()
        deleted = super().delete()
        self._write_search_texts(initiatives)
        return deleted

    delete.alters_data = True
    delete.queryset_only = True

    @transaction.atomic
    def bulk_create(self, objs, *args, **kwargs):
        created = super().bulk_create(objs, *args, **kwargs)
        self._write_search_texts({target.initiative_id for target in created})
        return created

    def _initiatives(self) -> set[int]:
        return set(self.values_list("initiative", flat=True))

    def _write_search_texts(self, keys) -> None:
        self.model.initiative.field.related_model.write_search_texts(keys)


class OrganisationQuerySet(PublishableQuerySet):
    def of_the_city(self):
        return self.filter(kind__in=CITY_KINDS)


class PictureQuerySet(models.QuerySet):
    def showable(self, today=None):
        """Without those whose consent has run out."""
        today = today or timezone.localdate()
        return self.filter(Q(consent_expires_on=None) | Q(consent_expires_on__gte=today))


def visible_initiatives(path: str) -> Q:
    """The same rule as `Initiative.objects.visible().without_examples()`, for counts over a
    relation: `Count("initiatives", filter=visible_initiatives("initiatives"))`."""
    return Q(
        **{
            f"{path}__visibility": Visibility.PUBLISHED,
            f"{path}__internal": False,
            f"{path}__is_example": False,
        }
    )
