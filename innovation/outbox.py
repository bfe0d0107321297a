"""Mail and background work: one mechanism for the whole site.

What has to be done is stored as a row in the same transaction as its cause, so that it is
neither lost nor done for something that was rolled back. `manage.py worker` performs it, and
tries again with growing pauses when it fails. Everything is done *at least once*: a worker that
dies between the deed and its note leaves the row to the next one, so handlers must bear to run
twice (a mail keeps its Message-ID, by which mail programs drop the copy).
"""

import logging
import smtplib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import IntegrityError, connections, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from innovation.models.outbox import OutboxMessage

log = logging.getLogger(__name__)

# The pause after the first failure, after the second, and so on; after the last one it is dead.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=24),
)
MAX_ATTEMPTS = len(PAUSES) + 1
# How long a worker may be silent about a row before another takes it. Longer than any handler
# needs: a mail server that doesn't answer is given up after EMAIL_TIMEOUT (10 s) per step.
LEASE = timedelta(minutes=10)
# Mail holds personal data; what was sent is not kept for ever.
DONE_KEPT_FOR = timedelta(days=30)
ERROR_MAX_LENGTH = 300

Handler = Callable[[dict], None]
_handlers: dict[str, Handler] = {}


class Refused(Exception):
    """Raised by a handler when trying again can't help; the message is dead at once."""


@dataclass
class Handled:
    """How many messages one round of work brought to which end."""

    done: int = 0
    postponed: int = 0  # failed, and will be tried again
    dead: int = 0

    @property
    def total(self) -> int:
        return self.done + self.postponed + self.dead


def handles(kind: str):
    """Registers a function of the payload as what is done for `kind`.

    The worker finds it when it stands in a module `background` of an app.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


# ── Putting in ────────────────────────────────────────────────────────────────
def enqueue(
    kind: str, payload: dict, *, dedupe_key: str | None = None, not_before: datetime | None = None
) -> OutboxMessage | None:
    """Store work of `kind`; call it inside the transaction of its cause.

    payload: JSON, and keys rather than objects. not_before: the earliest time, now if omitted.
    Returns None when a message with the same `dedupe_key` is already there.
    """
    message = OutboxMessage(
        kind=kind,
        payload=payload,
        dedupe_key=dedupe_key,
        next_attempt_at=not_before or timezone.now(),
    )
    if dedupe_key is None:
        message.save()
        return message
    try:
        # A savepoint: a refused key must not spoil the transaction around.
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return None
    return message


def send_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: Sequence[str] = (),
    dedupe_key: str | None = None,
) -> OutboxMessage | None:
    """Queue a mail to one reader.

    One address only: of several, a refused one would be lost without a word, and the readers
    would see each other. Returns as `enqueue`; raises ValueError for a bad address or subject.
    """
    payload = {
        "to": _address(to),
        "subject": _header("subject", subject),
        "text": _storable(text),
        "html": _storable(html),
        "reply_to": [_address(address) for address in reply_to],
        "message_id": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
    }
    return enqueue("mail", payload, dedupe_key=dedupe_key)


def _header(name: str, value: str) -> str:
    # A line break would begin a header of the sender's choosing, such as Bcc.
    has_break = any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in value)
    if has_break or not value.strip():
        raise ValueError(f"{name}={value!r}: give it text on one line")
    return value


def _storable(text: str) -> str:
    """Without what PostgreSQL can't keep in JSON: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _address(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError(f"{value!r} is no e-mail address") from None
    return value


# ── Performing ────────────────────────────────────────────────────────────────
def work(
    now: datetime | None = None, limit: int = 100, stop: Callable[[], bool] = lambda: False
) -> Handled:
    """Perform up to `limit` messages that are due, oldest first; `stop()` is asked between them.

    now: the time, for tests. Must not be called inside a transaction. Any number of workers may
    run at once. A database that goes away raises, and what was claimed is due again after LEASE.
    """
    handled = Handled()
    due = OutboxMessage.objects.filter(
        state=OutboxMessage.State.QUEUED, next_attempt_at__lte=now or timezone.now()
    ).order_by("next_attempt_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        if stop():
            break
        if message := _claim(pk, now or timezone.now()):
            _perform(message, now, handled)
    return handled


def requeue(messages: QuerySet[OutboxMessage], now: datetime | None = None) -> int:
    """Give dead messages all their attempts again; returns how many there were."""
    return messages.filter(state=OutboxMessage.State.DEAD).update(
        state=OutboxMessage.State.QUEUED,
        attempts=0,
        next_attempt_at=now or timezone.now(),
        finished_at=None,
    )


def forget_done(now: datetime | None = None) -> int:
    """Delete what was done more than DONE_KEPT_FOR ago; dead messages stay until someone acts."""
    before = (now or timezone.now()) - DONE_KEPT_FOR
    done = OutboxMessage.objects.filter(state=OutboxMessage.State.DONE, finished_at__lt=before)
    return done.delete()[0]


def _claim(pk: int, now: datetime) -> OutboxMessage | None:
    """Take the message for LEASE, or None when another worker was first."""
    # The guarded UPDATE decides: of two workers one finds the row no longer due, on PostgreSQL
    # and on SQLite (which has no SELECT … FOR UPDATE SKIP LOCKED). `durable`: other workers must
    # see the claim before the work begins.
    with transaction.atomic(durable=True):
        won = OutboxMessage.objects.filter(
            pk=pk, state=OutboxMessage.State.QUEUED, next_attempt_at__lte=now
        ).update(next_attempt_at=now + LEASE, attempts=F("attempts") + 1)
        return OutboxMessage.objects.get(pk=pk) if won else None


def _perform(message: OutboxMessage, now: datetime | None, handled: Handled) -> None:
    try:
        _handler_of(message.kind)(message.payload)
    except Refused as error:
        _give_up(message, error, now)
        handled.dead += 1
    except Exception as error:  # whatever a handler raises must not stop the others
        if message.attempts >= MAX_ATTEMPTS:
            _give_up(message, error, now)
            handled.dead += 1
        else:
            _postpone(message, error, now)
            handled.postponed += 1
    else:
        _note(message, state=OutboxMessage.State.DONE, finished_at=now or timezone.now())
        handled.done += 1


def _handler_of(kind: str) -> Handler:
    if kind not in _handlers:
        raise LookupError(f"nothing handles the kind {kind!r}")
    return _handlers[kind]


def _postpone(message: OutboxMessage, error: Exception, now: datetime | None) -> None:
    pause = PAUSES[message.attempts - 1]
    log.warning("%s failed, next attempt in %s: %s", message, pause, type(error).__name__)
    due = (now or timezone.now()) + pause
    _note(message, next_attempt_at=due, last_error=error_sentence(error))


def _give_up(message: OutboxMessage, error: Exception, now: datetime | None) -> None:
    log.error("%s is given up: %s", message, type(error).__name__)
    _note(
        message,
        state=OutboxMessage.State.DEAD,
        finished_at=now or timezone.now(),
        last_error=error_sentence(error),
    )


def _note(message: OutboxMessage, **values) -> None:
    # Only while the claim is ours: after a lapsed lease, the word of the later worker counts.
    OutboxMessage.objects.filter(
        pk=message.pk, state=OutboxMessage.State.QUEUED, attempts=message.attempts
    ).update(**values)


def error_sentence(error: Exception) -> str:
    """What went wrong, on one line, for the admin; never with a password of the settings."""
    words = " ".join(str(error).replace("\x00", "").split())
    databases = [connections[alias].settings_dict.get("PASSWORD") for alias in connections]
    for secret in (settings.EMAIL_HOST_PASSWORD, settings.SECRET_KEY, *databases):
        if secret:
            words = words.replace(secret, "…")
    name = "" if isinstance(error, Refused) else f"{type(error).__name__}: "
    return f"{name}{words}"[:ERROR_MAX_LENGTH]


# ── Mail ──────────────────────────────────────────────────────────────────────
@handles("mail")
def _deliver(payload: dict) -> None:
    mail = EmailMultiAlternatives(
        payload["subject"],
        payload["text"],
        to=[payload["to"]],
        reply_to=payload["reply_to"],
        headers={"Message-ID": payload["message_id"], "Auto-Submitted": "auto-generated"},
    )
    if payload["html"]:
        mail.attach_alternative(payload["html"], "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        _refuse_if_permanent(code, answer)
        raise
    except smtplib.SMTPDataError as error:
        _refuse_if_permanent(error.smtp_code, error.smtp_error)
        raise


def _refuse_if_permanent(code: int, answer: bytes | str) -> None:
    """RFC 5321: 5yz is for ever, 4yz may pass. (A refused sign-in or sender is our own
    mistake, which someone may mend: that is tried again.)"""
    if 500 <= code < 600:
        words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        raise Refused(f"The mail server refused it for good: {code} {words}")
