import logging

import pytest

from config.logs import WithoutSecrets

SECRET = "lfFTBGrRWKrBhD3_qaa5OoDa_gqx9h-m"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/sv/mitt-program/{SECRET}/", "Not Found: /sv/mitt-program/…/"),
        (f"/en/my-programme/shared/{SECRET}/qr.svg", "Not Found: /en/my-programme/shared/…/qr.svg"),
        (f"/sv/mitt-program/kalender/{SECRET}.ics", "Not Found: /sv/mitt-program/kalender/….ics"),
        ("/sv/mitt-program/valj/", "Not Found: /sv/mitt-program/valj/"),
        ("/sv/initiativ/100%/", "Not Found: /sv/initiativ/100%/"),
    ],
)
def test_secret_of_a_programme_is_not_logged(path, logged):
    record = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (path,), None)

    kept = WithoutSecrets().filter(record)

    assert (kept, record.getMessage()) == (True, logged)


def test_every_handler_leaves_secrets_out(settings):
    handlers = settings.LOGGING["handlers"].values()

    assert [handler["filters"] for handler in handlers] == [["without_secrets"]]
