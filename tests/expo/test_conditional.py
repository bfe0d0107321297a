"""Which requests are answered with "you have it already"."""

from datetime import UTC, datetime
from itertools import count

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from expo import conditional
from expo.conditional import File, answer
from innovation.page_cache import Shelf

pytestmark = pytest.mark.django_db

CHANGED = datetime(2031, 5, 1, 12, tzinfo=UTC)
_keys = count()


@pytest.fixture(autouse=True)
def shelf(monkeypatch):
    shelf = Shelf(conditional.MAX_KEPT_BYTES)
    monkeypatch.setattr(conditional, "_shelf", shelf)
    return shelf


def file(content=b"BEGIN:VCALENDAR", **fields) -> File:
    return File(content, CHANGED, "text/calendar; charset=utf-8", "program.ics", **fields)


def asked(method="get", made=None, key="", **headers) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/program.ics", headers=headers)
    return answer(request, lambda: made or file(), key=key)


def test_file_is_sent_with_its_tag_its_date_and_who_may_keep_it():
    response = asked()

    assert response.status_code == 200
    assert response.content == b"BEGIN:VCALENDAR"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="program.ics"'
    assert response["Cache-Control"] == "public, max-age=900, s-maxage=1"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Last-Modified"] == "Thu, 01 May 2031 12:00:00 GMT"
    assert response["ETag"][0] == response["ETag"][-1] == '"'
    assert response["X-Robots-Tag"] == "noindex"


def test_file_of_one_person_is_kept_by_no_proxy_and_read_by_no_other_site():
    response = asked(made=file(is_public=False))

    assert response["Cache-Control"] == "private, max-age=900"
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize(
    "form",
    [
        "{tag}",
        "W/{tag}",
        ' "other" , {tag}',
        'W/"other",W/{tag}, "third"',
        '"with, comma", {tag}',
        "*",
        " * ",
        '"' + '","'.join(["x" * 30] * 300) + '", {tag}',
    ],
)
def test_known_tag_in_every_form_is_answered_without_a_body(form):
    tag = asked()["ETag"]

    response = asked(**{"If-None-Match": form.format(tag=tag)})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == tag
    assert response["Cache-Control"] == "public, max-age=900, s-maxage=1"
    assert response["Vary"] == "Accept-Encoding"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "header", ["", '""', '"other"', 'W/"other"', "other", '"', ",,,", "W/", '"*"', "x" * 10_000]
)
def test_unknown_tag_is_answered_with_the_file(header):
    response = asked(**{"If-None-Match": header})

    assert (response.status_code, response.content) == (200, b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Thu, 01 May 2031 12:00:00 GMT", 304),
        ("Thursday, 01-May-31 12:00:00 GMT", 304),
        ("Fri, 02 May 2031 12:00:00 GMT", 304),
        ("Thu, 01 May 2031 11:59:59 GMT", 200),
        ("yesterday", 200),
        ("Thu, 99 May 2031 12:00:00 GMT", 200),
        ("Thu, 01 May 99999 12:00:00 GMT", 200),
        ("x" * 10_000, 200),
        ("", 200),
    ],
)
def test_date_since_the_last_fetch_is_understood_or_ignored(since, status):
    assert asked(**{"If-Modified-Since": since}).status_code == status


def test_tag_comes_before_the_date():
    headers = {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 02 May 2031 12:00:00 GMT"}

    assert asked(**headers).status_code == 200


def test_head_is_told_all_but_the_body():
    whole, head = asked(), asked("head")

    assert head.content == b""
    assert head["Content-Length"] == "15"
    assert head["ETag"] == whole["ETag"]
    assert asked("head", **{"If-None-Match": whole["ETag"]}).status_code == 304


def test_each_encoding_has_a_tag_of_its_own():
    made = file(b"BEGIN:VEVENT\r\n" * 1000)

    answers = [asked(made=made, **{"Accept-Encoding": name}) for name in ("", "gzip", "br")]

    assert len({response["ETag"] for response in answers}) == 3
    assert [response.get("Content-Encoding") for response in answers] == [None, "gzip", "br"]
    assert len(answers[1].content) < len(made.content) / 10
    assert len(answers[2].content) < len(made.content) / 10


def test_same_bytes_have_the_same_tag_wherever_they_are_made(monkeypatch):
    first = asked()["ETag"]
    monkeypatch.setattr(conditional, "_shelf", Shelf(1000))

    assert asked()["ETag"] == first


def test_file_is_made_once_for_each_key():
    made = []

    def make():
        made.append(None)
        return file()

    for key in ("a", "b", "a", "b"):
        answer(RequestFactory().get("/program.ics"), make, key=key)

    assert len(made) == 2


def test_file_is_made_anew_the_next_day(time_machine_at):
    asked()
    time_machine_at("2031-05-03 00:00:01+02:00")

    response = asked(made=file(b"tomorrow"))

    assert response.content == b"tomorrow"
    # Somebody who only asks by date is told of what midnight has changed.
    assert response["Last-Modified"] == "Fri, 02 May 2031 22:00:00 GMT"


@pytest.fixture
def time_machine_at(time_machine):
    time_machine.move_to("2031-05-02 10:00:00+02:00", tick=False)
    timezone.localdate()
    return lambda text: time_machine.move_to(text, tick=False)


def test_other_answer_is_passed_on_and_not_kept(shelf):
    response = asked(made=HttpResponse("moved", status=301))

    assert (response.status_code, shelf.size) == (301, 0)


def test_what_is_kept_is_bounded(monkeypatch):
    shelf = Shelf(20_000)
    monkeypatch.setattr(conditional, "_shelf", shelf)

    for _ in range(100):
        asked(key=next(_keys))

    assert 0 < shelf.size <= 20_000
