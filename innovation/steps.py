"""The four steps on the way from idea to realised, as far as an initiative has come."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from innovation.models import Initiative

# The progress at which each step is reached.
LABELS = (
    (25, pgettext_lazy("step", "Idea")),
    (50, pgettext_lazy("step", "Pilot")),
    (75, pgettext_lazy("step", "Scaling up")),
    (100, pgettext_lazy("step", "Realised")),
)
DONE, STOPPED, AHEAD = "done", "stopped", "ahead"
SAID = {DONE: _("reached"), STOPPED: _("stopped here"), AHEAD: _("not reached")}


@dataclass(frozen=True)
class Step:
    """`state` is "done", "stopped" (paused or cancelled here) or "ahead"."""

    label: str
    state: str

    @property
    def said(self) -> str:
        return SAID[self.state]


def of(initiative: Initiative) -> list[Step]:
    """The steps; empty when nobody has said how far the work has come."""
    progress = initiative.progress_percent
    if progress is None:
        return []
    reached = [percent for percent, _ in LABELS if percent <= progress]
    return [Step(label, _state(percent, reached, initiative)) for percent, label in LABELS]


def _state(percent: int, reached: list[int], initiative: Initiative) -> str:
    if percent not in reached:
        return AHEAD
    return STOPPED if initiative.is_stopped and percent == reached[-1] else DONE
