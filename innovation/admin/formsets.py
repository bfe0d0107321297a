"""The rows below a form."""

from django.forms.models import BaseInlineFormSet


class KeptFormSet(BaseInlineFormSet):
    """A row that somebody else deleted meanwhile becomes a new row: what was typed is kept.

    Without this the form could never be saved again: it asks for a row that is gone.
    `revived` holds the numbers of those rows, for the sentence that tells of it.
    """

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(data, files, **kwargs)
        self.revived: list[int] = []
        if self.is_bound and self.instance.pk:
            self._revive_rows()

    def _revive_rows(self):
        there = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)}
        pk_name = self.model._meta.pk.name
        count = self.management_form.cleaned_data["INITIAL_FORMS"]
        keys = [self.data.get(f"{self.prefix}-{i}-{pk_name}", "") for i in range(count)]
        gone = [i for i, key in enumerate(keys) if key.isdigit() and key not in there]
        if not gone:
            return
        # Stored rows come first in a formset: those that are gone move behind them.
        order = [i for i in range(count) if i not in gone] + gone
        self.data = self._renumbered(self.data, order)
        self.files = self._renumbered(self.files, order)
        first_gone = count - len(gone)
        for number in range(first_gone, count):
            self.data[f"{self.prefix}-{number}-{pk_name}"] = ""
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(first_gone)
        self.revived = list(range(first_gone, count))
        self.__dict__.pop("management_form", None)

    def _renumbered(self, values, order: list[int]):
        """A copy in which row `order[i]` is row `i`."""
        if not values:  # a form without files comes with an empty dict
            return values
        places = {f"{self.prefix}-{old}-": f"{self.prefix}-{i}-" for i, old in enumerate(order)}
        copy = values.copy()
        copy.clear()
        for key, items in values.lists():
            prefix, _, name = key.rpartition("-")
            copy.setlist(places.get(f"{prefix}-", f"{prefix}-") + name if prefix else key, items)
        return copy
