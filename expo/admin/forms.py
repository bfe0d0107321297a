"""The forms behind the pages of the expo, and the rules for what people type."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.choices import OccasionStatus, SpokenLanguage
from expo.models import Venue
from expo.models.occasion import REVISED, Occasion
from expo.occasions import MOST_COPIES
from innovation.admin.forms import PublishableForm, SourcedForm
from innovation.admin.formsets import KeptFormSet


class MomentInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, to the minute, in Stockholm's time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class LanguagesField(forms.MultipleChoiceField):
    """The languages that are spoken, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, label):
        super().__init__(required=False, label=label, choices=SpokenLanguage.choices)

    def has_changed(self, initial, data):
        return set(initial or []) != set(data or [])


class EventForm(PublishableForm):
    def clean(self):
        cleaned = super().clean()
        youngest, oldest = cleaned.get("min_age"), cleaned.get("max_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("max_age", _("The highest age is below the lowest."))
        return cleaned


class OccasionForm(SourcedForm):
    """The day follows from the start; without a start, the day is what is known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first_day", "last_day"):
            if name in self.fields:
                self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        self._check_times(cleaned)
        self._check_seats(cleaned)
        smallest, largest = cleaned.get("smallest_group"), cleaned.get("largest_group")
        if smallest is not None and largest is not None and largest < smallest:
            self.add_error("largest_group", _("The largest group is smaller than the smallest."))
        return cleaned

    def _check_times(self, cleaned):
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if self.errors.keys() & {"starts_at", "ends_at", "first_day", "last_day"}:
            return
        if start is None and end is not None:
            self.add_error("starts_at", _("It ends, but when does it start?"))
        elif start is None and first is None:
            self.add_error("first_day", _("Give it a start, or a day if the hours aren’t known."))
        elif start and end and end <= start:
            self.add_error("ends_at", _("It ends before it starts."))
        elif start is None and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))

    def _check_seats(self, cleaned):
        capacity = cleaned.get("capacity")
        used = (cleaned.get("seats_held") or 0) + self.instance.seats_taken
        if capacity is not None and used > capacity:
            sentence = _("%(used)d seats are held or booked already.") % {"used": used}
            self.add_error("capacity", sentence)

    def _post_clean(self):
        if not self.errors:
            self._take_days_from_start()
        super()._post_clean()
        if not self.errors:
            self._check_constraints()
        if not self.errors and self._is_moved():
            self.instance.status = OccasionStatus.MOVED

    def _check_constraints(self):
        # Below its event, Django leaves out what names the event.
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions())
        except forms.ValidationError as error:
            self._update_errors(error)

    def _take_days_from_start(self):
        names = ("first_day", "last_day", "starts_at", "ends_at")
        told = Occasion(**{name: self.cleaned_data.get(name) for name in names})
        told.set_days()
        self.cleaned_data |= {"first_day": told.first_day, "last_day": told.last_day}

    def _is_moved(self) -> bool:
        """Whether people have been told of something else."""
        instance = self.instance
        names = {name.removesuffix("_id") for name in REVISED} - {"status"}
        return (
            instance.pk is not None
            and instance.event.is_published
            and instance.status == OccasionStatus.SCHEDULED
            and bool(names & set(self.changed_data))
        )


class OccasionFormSet(KeptFormSet):
    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            told = getattr(form, "cleaned_data", {})
            begins = (told.get("venue"), told.get("starts_at"))
            if form.errors or begins[1] is None or told.get("DELETE"):
                continue
            if begins in seen:
                form.add_error("starts_at", _("Two of the rows begin at this time and venue."))
            seen.add(begins)


# ── Deeds ─────────────────────────────────────────────────────────────────────
def reason_field(language: str, *, required=False):
    label = {
        "sv": gettext_lazy("Reason (Swedish), read by visitors"),
        "en": gettext_lazy("Reason (English)"),
    }[language]
    return forms.CharField(label=label, required=required, max_length=300)


class CancelForm(forms.Form):
    reason_sv = reason_field("sv", required=True)
    reason_en = reason_field("en")


class CopyForm(forms.Form):
    every = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=(("week", gettext_lazy("Every week")), ("day", gettext_lazy("Every day"))),
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many copies"), min_value=1, max_value=MOST_COPIES, initial=1
    )


class MoveForm(forms.Form):
    """Stands filled in with how it is; what isn't changed stays."""

    starts_at = forms.DateTimeField(
        label=gettext_lazy("New start"), required=False, widget=MomentInput
    )
    ends_at = forms.DateTimeField(label=gettext_lazy("New end"), required=False, widget=MomentInput)
    venue = forms.ModelChoiceField(
        Venue.objects.all(), label=gettext_lazy("New venue"), required=False
    )
    reason_sv = reason_field("sv")
    reason_en = reason_field("en")
