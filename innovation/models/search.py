"""What the search reads: the words of each initiative, and words that stand for each other."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from innovation import synonyms
from innovation.search_texts import TARGET_FIELDS, TEXT_FIELDS, search_text

_BATCH = 500


class SearchText(models.Model):
    """The words of one initiative in both languages, as of `analysis.analysed()`; written in the
    same transaction as the texts."""

    initiative = models.OneToOneField(
        "Initiative", models.CASCADE, primary_key=True, related_name="search_text"
    )
    title = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self):
        return f"{self.initiative_id}: {self.title}"


def write_search_texts(initiatives: type[models.Model], keys: Sequence[int]) -> None:
    """Write the words of the `initiatives` with these keys anew; 3 statements for each 500.

    To be called in the transaction that wrote the texts.
    """
    for first in range(0, len(keys), _BATCH):
        _write(initiatives, keys[first : first + _BATCH])


def _write(initiatives: type[models.Model], keys: Sequence[int]) -> None:
    # Locked first, so that two who write at once don't each miss what the other wrote. Not the
    # key, which their impact targets point to: that would have the two wait for each other.
    locked = initiatives.objects.select_for_update(no_key=True).filter(pk__in=keys)
    rows = list(locked.order_by("pk").values("pk", *TEXT_FIELDS))
    impact_targets = initiatives._meta.get_field("impact_targets").related_model.objects
    targets = defaultdict(list)
    for row in impact_targets.filter(initiative__in=keys).values("initiative_id", *TARGET_FIELDS):
        targets[row["initiative_id"]].append(row)
    SearchText.objects.bulk_create(
        [
            SearchText(initiative_id=row["pk"], **search_text(row, targets[row["pk"]]))
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["title", "lead", "body"],
    )


class Synonym(models.Model):
    """Words that stand for each other in a search, in all their forms."""

    words = models.CharField(
        _("words"),
        max_length=300,
        unique=True,
        help_text=_(
            "Separated by commas, such as: app, application, mobile app. A search for one of them "
            "finds the others too. Forms of the same word are found anyway."
        ),
    )

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.CheckConstraint(
                condition=Q(words__contains=","),
                name="synonym_has_two_words",
                violation_error_message=_("Write at least two words, with commas between them."),
            )
        ]

    def __str__(self):
        return self.words

    def clean(self):
        """One way to write it: small letters, each word once, of at most three parts."""
        parts = [part for part in self.words.split(",") if part.strip()]
        known = synonyms.members(self.words)
        for part in parts:
            if not synonyms.members(part):
                raise ValidationError({"words": _too_long(part)})
        if len(known) < 2:
            raise ValidationError(
                {"words": _("Write at least two words, with commas between them.")}
            )
        self.words = ", ".join(" ".join(words) for words in known)


def _too_long(part: str) -> str:
    return _("“%(words)s” can't be searched for: write one to three words.") % {
        "words": part.strip()
    }
