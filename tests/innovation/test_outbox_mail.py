"""Mail through a real mail server, which listens on loopback while a test runs."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from innovation import outbox
from innovation.models import OutboxMessage
from tools.servers import free_port

pytestmark = pytest.mark.django_db
State = OutboxMessage.State


class Post:
    """Keeps what it is given; `answers` are what it says to RCPT and DATA."""

    def __init__(self):
        self.messages = []
        self.answers = {"rcpt": "250 OK", "data": "250 OK"}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answers["rcpt"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answers["rcpt"]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answers["data"].startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.messages.append((envelope.rcpt_tos, message))
        return self.answers["data"]


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def start_server(settings, post):
    """Starts the mail server that the settings name; it is not there before."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 5
    started = []

    def start():
        controller = Controller(post, hostname="127.0.0.1", port=settings.EMAIL_PORT)
        controller.start()
        started.append(controller)

    yield start
    for controller in started:
        controller.stop()


def queue(**changes) -> OutboxMessage:
    values = {"to": "anna@example.org", "subject": "Åtta båtar", "text": "Hej!\n"}
    return outbox.send_mail(**(values | changes))


def test_mail_is_delivered_whole(start_server, post):
    start_server()
    message = queue(html="<p>Hej!</p>", reply_to=["editor@example.org"])

    handled = outbox.work()

    [(recipients, mail)] = post.messages
    assert handled == outbox.Handled(done=1)
    assert recipients == ["anna@example.org"]
    assert (mail["Subject"], mail["To"]) == ("Åtta båtar", "anna@example.org")
    assert mail["Reply-To"] == "editor@example.org"
    assert mail["Message-ID"] == message.payload["message_id"]
    assert mail.get_body(("plain",)).get_content().strip() == "Hej!"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Hej!</p>"


def test_mail_waits_until_the_server_is_back(start_server, post):
    message = queue()
    handled = outbox.work()
    message.refresh_from_db()
    start_server()

    later = outbox.work(now=message.next_attempt_at)

    assert handled == outbox.Handled(postponed=1)
    assert message.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert later == outbox.Handled(done=1)
    assert len(post.messages) == 1


@pytest.mark.parametrize("command", ["rcpt", "data"])
def test_mail_that_is_refused_for_good_is_dead_at_once(start_server, post, command):
    start_server()
    post.answers[command] = "550 5.1.1 no such reader"
    message = queue()

    handled = outbox.work()

    message.refresh_from_db()
    assert handled == outbox.Handled(dead=1)
    assert message.last_error == ("The mail server refused it for good: 550 5.1.1 no such reader")


@pytest.mark.parametrize("command", ["rcpt", "data"])
def test_mail_that_is_refused_for_now_is_tried_again(start_server, post, command):
    start_server()
    post.answers[command] = "451 4.7.1 greylisted, come back"
    message = queue()
    handled = outbox.work()
    message.refresh_from_db()
    post.answers[command] = "250 OK"

    later = outbox.work(now=message.next_attempt_at)

    assert (handled, later) == (outbox.Handled(postponed=1), outbox.Handled(done=1))


def test_mail_keeps_its_message_id_when_it_is_sent_twice(start_server, post):
    start_server()
    message = queue()
    outbox.work()
    OutboxMessage.objects.filter(pk=message.pk).update(state=State.DEAD)
    outbox.requeue(OutboxMessage.objects.all())

    outbox.work()

    assert len({mail["Message-ID"] for _, mail in post.messages}) == 1
    assert len(post.messages) == 2


# Python says once more, when the file goes out of scope, that it can't be written.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_mail_is_kept_when_the_disk_is_full(settings):
    settings.EMAIL_BACKEND = "innovation.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.VAR_DIR / "full"
    settings.EMAIL_FILE_PATH.mkdir(exist_ok=True)
    message = queue()
    # /dev/full takes nothing: each write ends with "No space left on device".
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "innovation.mail_files.EmailBackend._get_filename",
            lambda self: "/dev/full",
        )
        handled = outbox.work()

    message.refresh_from_db()
    assert handled == outbox.Handled(postponed=1)
    assert message.last_error == "OSError: [Errno 28] No space left on device"
