import pytest

from innovation import steps
from innovation.models import Initiative, Status
from innovation.steps import AHEAD, DONE, STOPPED


def initiative_at(progress, *, is_stopped=False):
    status = Status(slug="any", name_sv="Någon", keeps_progress=is_stopped)
    return Initiative(slug="any", status=status, progress_percent=progress)


@pytest.mark.parametrize(
    ("progress", "states"),
    [
        (0, [AHEAD, AHEAD, AHEAD, AHEAD]),
        (25, [DONE, AHEAD, AHEAD, AHEAD]),
        (50, [DONE, DONE, AHEAD, AHEAD]),
        (74, [DONE, DONE, AHEAD, AHEAD]),
        (75, [DONE, DONE, DONE, AHEAD]),
        (100, [DONE, DONE, DONE, DONE]),
    ],
)
def test_steps_are_reached_by_progress(progress, states):
    found = steps.of(initiative_at(progress))

    assert [step.state for step in found] == states


@pytest.mark.parametrize(
    ("progress", "states"),
    [
        (0, [AHEAD, AHEAD, AHEAD, AHEAD]),
        (25, [STOPPED, AHEAD, AHEAD, AHEAD]),
        (50, [DONE, STOPPED, AHEAD, AHEAD]),
        (100, [DONE, DONE, DONE, STOPPED]),
    ],
)
def test_steps_of_what_stopped_mark_the_last_one_reached(progress, states):
    found = steps.of(initiative_at(progress, is_stopped=True))

    assert [step.state for step in found] == states


@pytest.mark.parametrize("is_stopped", [False, True])
def test_steps_are_none_when_progress_is_unknown(is_stopped):
    assert steps.of(initiative_at(None, is_stopped=is_stopped)) == []


def test_every_state_is_said_in_words():
    found = steps.of(initiative_at(50, is_stopped=True))

    assert len({str(step.said) for step in found}) == 3
