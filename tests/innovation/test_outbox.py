from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from innovation import outbox
from innovation.models import OutboxMessage

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
State = OutboxMessage.State


@pytest.fixture
def handler(monkeypatch):
    """Registers `handler.run` for the kind "probe"; `handler.seen` are the payloads so far."""

    class Handler:
        error: Exception | None = None

        def __init__(self):
            self.seen = []

        def __call__(self, payload):
            self.seen.append(payload)
            if self.error:
                raise self.error

    handler = Handler()
    monkeypatch.setattr(outbox, "_handlers", {**outbox._handlers, "probe": handler})
    return handler


def stored() -> list[tuple]:
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", "state", "attempts"))


# ── Putting in ────────────────────────────────────────────────────────────────
def test_enqueue_is_rolled_back_with_its_cause():
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.enqueue("probe", {})
        raise RuntimeError

    assert stored() == []


def test_enqueue_stores_the_same_key_once():
    first = outbox.enqueue("probe", {"n": 1}, dedupe_key="welcome-7")

    second = outbox.enqueue("probe", {"n": 2}, dedupe_key="welcome-7")

    assert second is None
    assert list(OutboxMessage.objects.values_list("pk", "payload")) == [(first.pk, {"n": 1})]


def test_enqueue_of_a_known_key_leaves_the_transaction_around_whole():
    outbox.enqueue("probe", {}, dedupe_key="welcome-7")

    with transaction.atomic():
        outbox.enqueue("probe", {}, dedupe_key="welcome-7")
        outbox.enqueue("probe", {})

    assert OutboxMessage.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject", "Hej\nBcc: all@example.org"),
        ("subject", "Hej\r\nX: y"),
        ("subject", "Hej\u2028Bcc"),
        ("subject", "Hej\x00"),
        ("subject", " "),
        ("to", "a@example.org\nBcc: b@example.org"),
        ("to", "a@example.org, b@example.org"),
        ("to", "nobody"),
        ("to", ""),
        ("reply_to", ["a@example.org\r\nBcc: b@example.org"]),
    ],
)
def test_send_mail_refuses_what_would_begin_another_header(field, value):
    arguments = {"to": "a@example.org", "subject": "Hej", "text": "Text", field: value}

    with pytest.raises(ValueError, match=r"e-mail address|one line"):
        outbox.send_mail(**arguments)

    assert stored() == []


def test_send_mail_stores_text_that_postgresql_would_refuse():
    message = outbox.send_mail(to="a@example.org", subject="1\u00a0000 kr", text="a\x00b\ud800")

    message.refresh_from_db()
    assert (message.payload["text"], message.payload["subject"]) == ("ab?", "1\u00a0000 kr")


# ── Performing ────────────────────────────────────────────────────────────────
def test_work_performs_what_is_due_oldest_first(handler):
    outbox.enqueue("probe", {"n": 2}, not_before=NOON)
    outbox.enqueue("probe", {"n": 1}, not_before=NOON - timedelta(hours=1))
    outbox.enqueue("probe", {"n": 3}, not_before=NOON + timedelta(seconds=1))

    handled = outbox.work(now=NOON)

    assert handled == outbox.Handled(done=2)
    assert handler.seen == [{"n": 1}, {"n": 2}]


def test_work_again_does_nothing(handler):
    outbox.enqueue("probe", {})
    outbox.work()

    assert outbox.work() == outbox.Handled()
    assert stored() == [("probe", State.DONE, 1)]


def test_work_stops_at_the_limit_and_when_told(handler):
    for _ in range(4):
        outbox.enqueue("probe", {})

    handled = outbox.work(limit=3, stop=lambda: len(handler.seen) == 2)

    assert handled == outbox.Handled(done=2)
    assert outbox.work(limit=1) == outbox.Handled(done=1)


def test_failing_message_is_tried_after_growing_pauses_and_then_given_up(handler):
    handler.error = OSError("no space left on device")
    message = outbox.enqueue("probe", {}, not_before=NOON)
    waited, now = [], NOON

    for _ in range(outbox.MAX_ATTEMPTS):
        outbox.work(now=now)
        message.refresh_from_db()
        waited.append(message.next_attempt_at - now)
        now = message.next_attempt_at

    assert waited[:-1] == list(outbox.PAUSES)
    assert (message.state, message.attempts) == (State.DEAD, 8)
    assert message.last_error == "OSError: no space left on device"


def test_failing_message_does_not_stop_the_others(handler, monkeypatch):
    monkeypatch.setitem(outbox._handlers, "broken", lambda payload: {}["missing"])
    outbox.enqueue("broken", {}, not_before=NOON)
    outbox.enqueue("probe", {}, not_before=NOON)

    handled = outbox.work(now=NOON)

    assert handled == outbox.Handled(done=1, postponed=1)


def test_refused_message_is_dead_at_once(handler):
    handler.error = outbox.Refused("Nobody of that name.")
    message = outbox.enqueue("probe", {})

    handled = outbox.work()

    message.refresh_from_db()
    assert handled == outbox.Handled(dead=1)
    assert (message.state, message.last_error) == (State.DEAD, "Nobody of that name.")


def test_message_of_an_unknown_kind_waits_for_newer_code():
    message = outbox.enqueue("of-tomorrow", {})

    outbox.work()

    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert message.last_error == "LookupError: nothing handles the kind 'of-tomorrow'"


def test_claimed_message_is_left_alone_by_another_worker(handler, monkeypatch):
    outbox.enqueue("probe", {}, not_before=NOON)
    others = []
    monkeypatch.setitem(
        outbox._handlers, "probe", lambda payload: others.append(outbox.work(now=NOON))
    )

    handled = outbox.work(now=NOON)

    assert (handled, others) == (outbox.Handled(done=1), [outbox.Handled()])


def test_claim_of_a_killed_worker_lapses(handler):
    message = outbox.enqueue("probe", {}, not_before=NOON)
    outbox._claim(message.pk, NOON)  # and then the worker is gone

    before = outbox.work(now=NOON + outbox.LEASE - timedelta(seconds=1))
    after = outbox.work(now=NOON + outbox.LEASE)

    assert (before, after) == (outbox.Handled(), outbox.Handled(done=1))


def test_worker_that_was_overtaken_has_no_say(handler):
    message = outbox.enqueue("probe", {}, not_before=NOON)
    slow = outbox._claim(message.pk, NOON)
    outbox.work(now=NOON + outbox.LEASE)

    outbox._give_up(slow, OSError("late"), NOON)

    message.refresh_from_db()
    assert (message.state, message.last_error) == (State.DONE, "")


def test_message_that_kills_every_worker_is_given_up_in_the_end(handler):
    message = outbox.enqueue("probe", {}, not_before=NOON)
    now = NOON
    for _ in range(outbox.MAX_ATTEMPTS - 1):
        outbox._claim(message.pk, now)
        now += outbox.LEASE
    handler.error = OSError()

    handled = outbox.work(now=now)

    assert handled == outbox.Handled(dead=1)


def test_error_sentence_holds_no_password(settings):
    settings.EMAIL_HOST_PASSWORD = "s3cret-word"

    sentence = outbox.error_sentence(OSError("535 refused\ns3cret-word\x00 " + "x" * 999))

    assert sentence == ("OSError: 535 refused … " + "x" * 999)[: outbox.ERROR_MAX_LENGTH]


def test_requeue_gives_dead_messages_all_their_attempts(handler):
    handler.error = outbox.Refused("no")
    outbox.enqueue("probe", {})
    outbox.work()
    handler.error = None

    count = outbox.requeue(OutboxMessage.objects.all())

    assert count == 1
    assert outbox.work() == outbox.Handled(done=1)


def test_forget_done_keeps_what_is_fresh_dead_or_waiting(handler):
    outbox.enqueue("probe", {"age": "old"}, not_before=NOON - timedelta(days=31))
    outbox.work(now=NOON - timedelta(days=31))
    outbox.enqueue("probe", {"age": "fresh"}, not_before=NOON)
    outbox.work(now=NOON)
    handler.error = outbox.Refused("no")
    outbox.enqueue("probe", {"age": "dead"}, not_before=NOON - timedelta(days=40))
    outbox.work(now=NOON - timedelta(days=40))
    outbox.enqueue("probe", {"age": "waiting"}, not_before=NOON)

    deleted = outbox.forget_done(now=NOON)

    kept = OutboxMessage.objects.order_by("pk").values_list("payload__age", flat=True)
    assert (deleted, list(kept)) == (1, ["fresh", "dead", "waiting"])
