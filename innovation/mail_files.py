"""Mail that becomes files, for development and trials: one file a message."""

from pathlib import Path
from uuid import uuid4

from django.core.mail.backends import filebased
from django.utils import timezone


class EmailBackend(filebased.EmailBackend):
    """Django's names hold a second and an address in memory, which the next backend may get too:
    two messages then stood in one file, and a reader saw the first."""

    def _get_filename(self):
        if self._fname is None:
            now = timezone.localtime()
            self._fname = str(Path(self.file_path) / f"{now:%Y%m%d-%H%M%S}-{uuid4().hex}.log")
        return self._fname
