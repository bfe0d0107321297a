"""What is made once and used often: of a snapshot and gone with it, or the latest of a kind."""

import threading
from collections.abc import Callable, Hashable, Mapping

from django.conf import settings


class Keeps:
    """For a snapshot: what others make of it and of no other."""

    def kept(self, name: str, key: Hashable, make: Callable, most: int = 200):
        """What `make()` gives, made once for a `key` and gone with the snapshot; the latest so
        many of a name. In development it is made each time, so that an edited template shows at
        once."""
        stores = self.__dict__.setdefault("_stores", {})
        store = stores.get(name) or stores.setdefault(name, Latest(most))
        made = store.get(key)
        if made is None or settings.DEBUG:
            made = make()
            store.keep({key: made})
        return made


class Latest:
    """A dictionary for all threads in which the latest `most` things stay."""

    def __init__(self, most: int):
        self._most = most
        self._things: dict = {}
        self._changing = threading.Lock()
        self.get = self._things.get

    def keep(self, things: Mapping) -> None:
        with self._changing:
            for key in things:
                self._things.pop(key, None)  # so that it comes last again
            self._things.update(things)
            while len(self._things) > self._most:
                del self._things[next(iter(self._things))]
