"""The button of a list, and the header's part."""

import re

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory

from expo.choices import OccasionStatus
from expo.views.programme_buttons import Choice, choice_in, chosen_in
from innovation.choices import Visibility
from tests.expo.builders import at, make_event, make_occasion, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_expo():
    with time_machine.travel(at("2022-05-20 12:00"), tick=False):
        yield


def request_of(*programmes):
    request = RequestFactory().get("/sv/")
    request.COOKIES["programme"] = ".".join(row.edit_token for row in programmes)
    return request


def html_of(source: str, **context) -> str:
    html = Template("{% load programme %}" + source).render(Context(context))
    return " ".join(html.split())


def button_of(occasion, chosen=frozenset()) -> str:
    return html_of("{% programme_button occasion chosen %}", occasion=occasion, chosen=chosen)


def names_in(html: str) -> list[str]:
    return re.findall(r'name="(\w+)" value="\d+"', html)


def test_without_the_cookie_nothing_is_asked(django_assert_num_queries):
    request = RequestFactory().get("/sv/")

    with django_assert_num_queries(0):
        assert chosen_in(request) == frozenset()


def test_with_the_cookie_one_question_is_asked_however_often(django_assert_num_queries):
    first = make_occasion()
    second = make_occasion(event=make_event(expo=first.event.expo))
    request = request_of(make_programme(occasions=[first, second]))

    with django_assert_num_queries(1):
        assert chosen_in(request) == {first.pk, second.pk}
        assert choice_in(request).total == 2


def test_of_several_programmes_the_first_of_each_expo_counts():
    here, there = make_occasion(), make_occasion()
    other = make_occasion(event=make_event(expo=here.event.expo))
    empty = make_programme(here.event.expo)

    request = request_of(
        make_programme(occasions=[here]), make_programme(occasions=[there]),
        make_programme(occasions=[other]),
    )  # fmt: skip

    assert choice_in(request) == Choice(frozenset({here.pk, there.pk}), 1)
    assert choice_in(request_of(empty, make_programme(occasions=[other]))) == Choice()


def test_what_is_withdrawn_is_not_counted():
    occasion = make_occasion()
    request = request_of(make_programme(occasions=[occasion]))
    occasion.event.visibility = Visibility.WITHDRAWN
    occasion.event.save()

    assert choice_in(request) == Choice()


@pytest.mark.parametrize("cookie", ["", "x", "." * 50, "å", "x" * 32, "x" * 5000])
def test_cookie_that_is_none_of_ours_is_no_programme(cookie):
    request = RequestFactory().get("/sv/")
    request.COOKIES["programme"] = cookie

    assert choice_in(request) == Choice()


def test_button_adds_what_is_not_chosen_and_removes_what_is():
    occasion = make_occasion()

    assert names_in(button_of(occasion)) == ["add"]
    assert names_in(button_of(occasion, {occasion.pk})) == ["remove"]


def test_button_says_what_it_adds_to_those_who_hear_it():
    occasion = make_occasion(event=make_event(title_sv="<Kören>"))

    assert "visually-hidden" in button_of(occasion)
    assert "&lt;Kören&gt;" in button_of(occasion)


def test_there_is_no_button_for_what_can_not_be_chosen():
    cancelled = make_occasion(status=OccasionStatus.CANCELLED, reason_sv="Storm")

    assert button_of(cancelled) == ""
    with time_machine.travel(at("2022-07-04 00:00"), tick=False):
        assert button_of(make_occasion()) == ""


def test_what_was_chosen_and_then_cancelled_can_be_removed():
    cancelled = make_occasion(status=OccasionStatus.CANCELLED, reason_sv="Storm")

    assert names_in(button_of(cancelled, {cancelled.pk})) == ["remove"]


def test_occasion_that_stands_twice_has_two_ids():
    occasion = make_occasion()

    html = html_of(
        "{% programme_button occasion chosen %}{% programme_button occasion chosen 'now' %}",
        occasion=occasion,
        chosen=frozenset(),
    )

    assert re.findall(r' id="([^"]+)"', html) == [f"choose-{occasion.pk}", f"now-{occasion.pk}"]


@pytest.mark.parametrize("has_request", [True, False])
def test_summary_says_how_many_where_the_visitor_is_known(has_request):
    programme = make_programme(occasions=[make_occasion()])
    context = {"request": request_of(programme)} if has_request else {}

    html = html_of("{% programme_summary %}", **context)

    assert ("(1)" in html) == has_request
    assert html.count("<form") == 1


def test_summary_can_be_left_to_the_page_that_is_made_of_holes():
    assert html_of("{% programme_summary %}", programme_summary="HOLE") == "HOLE"
