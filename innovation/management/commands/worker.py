"""Sends the mail and does the background work that waits in the outbox."""

import signal
import threading

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from innovation import outbox, tidying

SHORTEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE_WHEN_AWAY = 1.0, 8.0, 60.0  # seconds
TIDY_EVERY_SECONDS = 3600


class Command(BaseCommand):
    help = "Sends mail and does background work until it is stopped (SIGTERM or ctrl-C)."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *args, once, **options):
        # Work of other kinds than mail stands in the apps' modules `background`.
        autodiscover_modules("background")
        if once:
            self._tell(outbox.work())
            return
        self.stopping = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stopping.set())
        self._work_until_stopped()

    def _work_until_stopped(self):
        pause = SHORTEST_PAUSE
        tidied_at = None
        while not self.stopping.is_set():
            now = timezone.now()
            try:
                handled = self._round()
                if tidied_at is None or (now - tidied_at).total_seconds() > TIDY_EVERY_SECONDS:
                    tidying.tidy()
                    tidied_at = now
            except (DatabaseError, InterfaceError) as error:
                self.stderr.write(f"The database can't be used, trying again: {error}")
                connections.close_all()
                pause = min(pause * 2, LONGEST_PAUSE_WHEN_AWAY)
            else:
                pause = SHORTEST_PAUSE if handled.total else min(pause * 2, LONGEST_PAUSE)
            self.stopping.wait(pause)

    def _round(self):
        # A connection that the server has dropped meanwhile is replaced.
        close_old_connections()
        handled = outbox.work(stop=self.stopping.is_set)
        if handled.total:
            self._tell(handled)
        return handled

    def _tell(self, handled):
        self.stdout.write(
            f"{handled.done} done, {handled.postponed} to be tried again, {handled.dead} given up"
        )
        self.stdout.flush()
