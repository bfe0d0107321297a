"""What people write about their programmes."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expo.models import Occasion, PersonalProgramme, ProgrammeItem
from expo.times import clock

NOTE_LENGTH = ProgrammeItem._meta.get_field("note").max_length


class NameForm(forms.ModelForm):
    class Meta:
        model = PersonalProgramme
        fields = ["name"]


class MailForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write the address that the link should go to."),
            "invalid": gettext_lazy("Write the whole address, such as name@example.org."),
        },
    )


class ItemForm(forms.Form):
    """The note of an item and, for a drop-in, when the visit begins. Gives `visit_at` as well."""

    note = forms.CharField(required=False, max_length=NOTE_LENGTH)
    visit_day = forms.DateField(required=False)
    visit_time = forms.TimeField(
        required=False,
        error_messages={"invalid": gettext_lazy("Write the time as hours and minutes: 13:30.")},
    )

    def __init__(self, data, *, occasion: Occasion):
        # Swedes write 13.30; the browser's own field sends 13:30.
        data = data.copy()
        data["visit_time"] = data.get("visit_time", "").replace(".", ":")
        super().__init__(data)
        self.occasion = occasion

    def clean(self):
        super().clean()
        chosen = self.cleaned_data.get("visit_time")
        self.cleaned_data["visit_at"] = None
        if self.occasion.is_drop_in and chosen:
            day = self.cleaned_data.get("visit_day") or self.occasion.first_day
            # Before it is reckoned with: a year of 9999 has no day after it.
            _check_day(self.occasion, day)
            self.cleaned_data["visit_at"] = visit_start(
                self.occasion, timezone.make_aware(datetime.combine(day, chosen))
            )
        return self.cleaned_data


def visit_start(occasion: Occasion, start: datetime) -> datetime:
    """`start`, or the same hour after midnight for what is open past it. Raises ValidationError
    when a visit doesn't fit inside the opening hours."""
    opens, closes = occasion.starts_at, occasion.ends_at
    if opens is None or closes is None:
        _check_day(occasion, timezone.localtime(start).date())
        return start
    latest = closes - occasion.visit_length
    for moment in (start, start + timedelta(days=1)):
        if opens <= moment <= latest:
            return moment
    if latest < opens:
        raise ValidationError({"visit_time": _("A visit takes longer than it is open.")})
    raise ValidationError(
        {
            "visit_time": _("Choose a time from %(first)s to %(last)s, so that the visit fits in.")
            % {"first": clock(opens), "last": clock(latest)}
        }
    )


def _check_day(occasion: Occasion, day: date) -> None:
    if not occasion.first_day <= day <= occasion.last_day:
        raise ValidationError({"visit_day": _("It isn’t open that day.")})
