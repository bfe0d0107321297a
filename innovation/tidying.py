"""What is deleted when its time is up. The worker asks for it now and then."""

from collections.abc import Callable

from innovation import outbox

Tidier = Callable[[], int]
_tidiers: list[Tidier] = [outbox.forget_done]


def tidies(tidier: Tidier) -> Tidier:
    """Registers a function that deletes what is too old and says how many rows that were.

    The worker finds it when it stands in a module `background` of an app.
    """
    _tidiers.append(tidier)
    return tidier


def tidy() -> int:
    """Delete all that is too old; returns how many rows."""
    return sum(tidier() for tidier in _tidiers)
