import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from innovation import publishing
from innovation.models import Initiative
from tests.admin_forms import messages_of
from tests.builders import make_challenge, make_initiative, make_organisation, make_status


def act(client, action, rows, *, follow=False, **answers):
    """Choose `rows` in their list and run `action`; answers are those of the page that asks."""
    return client.post(
        reverse(f"admin:innovation_{rows[0]._meta.model_name}_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rows], **answers},
        follow=follow,
    )


def visibilities():
    return list(Initiative.objects.order_by("pk").values_list("visibility", flat=True))


def test_action_asks_before_it_changes_anything(moderator):
    draft = make_initiative(visibility="draft")
    published = make_initiative()
    finished = make_initiative(visibility="draft", status=make_status("realised"))

    response = act(moderator, "publish_selected", [draft, published, finished])

    assert visibilities() == ["draft", "published", "draft"]
    assert response.context["possible"] == [draft]
    assert dict(response.context["impossible"]) == {
        published: "It is “Published” already.",
        finished: f"Write what you learned first: the status “{finished.status}” asks for it.",
    }


@pytest.mark.parametrize(
    ("action", "name", "before", "after"),
    [
        ("publish_selected", "publish", "draft", "published"),
        ("withdraw_selected", "withdraw", "published", "withdrawn"),
        ("review_selected", "send_for_review", "draft", "in-review"),
    ],
)
def test_confirmed_step_is_taken_with_what_can(moderator, action, name, before, after):
    rows = [make_initiative(visibility=before, title_sv=f"Nr {number}") for number in range(2)]
    other = make_initiative(visibility=after, title_sv="Redan")

    response = act(moderator, action, [*rows, other], follow=True, confirmed=name)

    assert visibilities() == [after, after, after]
    assert LogEntry.objects.count() == 2
    assert [text.split(":")[-1].strip() for text in messages_of(response)] == [
        "2 changed.",
        f"It is “{other.get_visibility_display()}” already.",
    ]


def test_action_works_for_challenges_too(moderator):
    challenge = make_challenge(visibility="draft")

    act(moderator, "publish_selected", [challenge], confirmed="publish")

    challenge.refresh_from_db()
    assert challenge.visibility == "published"


def test_editor_has_no_action_that_publishes(editor, organisation):
    initiative = make_initiative(visibility="draft", driven_by=organisation)

    act(editor, "publish_selected", [initiative], confirmed="publish")

    assert visibilities() == ["draft"]


def test_editor_acts_on_their_own_only(editor, organisation):
    own = make_initiative(visibility="draft", driven_by=organisation)
    others = make_initiative(visibility="draft")

    asked = act(editor, "review_selected", [own, others])
    act(editor, "review_selected", [own, others], confirmed="send_for_review")

    assert visibilities() == ["in-review", "draft"]
    assert asked.context["impossible"] == [
        (others, "You don’t write for the organisation that drives it.")
    ]


def test_review_date_is_set(moderator):
    rows = [make_initiative() for _ in range(2)]

    act(moderator, "set_review_date", rows, confirmed="set_review_date", review_on="2030-05-01")

    dates = Initiative.objects.values_list("review_on", flat=True)
    assert [str(date) for date in dates] == ["2030-05-01", "2030-05-01"]


def test_review_date_that_is_none_is_asked_for_again(moderator):
    initiative = make_initiative()

    response = act(
        moderator, "set_review_date", [initiative], confirmed="set_review_date", review_on="i maj"
    )

    assert response.context["form"].errors == {"review_on": ["Enter a valid date."]}
    assert response.context["form"]["review_on"].value() == "i maj"


def test_status_is_set_with_a_comment_and_a_dated_row(moderator):
    initiative = make_initiative(inferred_fields=["status"])
    paused = make_status("paused")

    act(
        moderator,
        "set_status",
        [initiative],
        confirmed="set_status",
        status=paused.pk,
        comment_sv="Väntar på bygglov.",
    )

    initiative.refresh_from_db()
    change = initiative.status_changes.get()
    assert (initiative.status, initiative.progress_percent) == (paused, 50)
    assert initiative.inferred_fields == []
    assert (change.to_status, change.comment_sv) == (paused, "Väntar på bygglov.")


def test_status_that_some_cannot_get_is_asked_about_once_more(moderator):
    ready = make_initiative(lessons_learned_sv="<p>Vi lärde oss.</p>")
    unready = make_initiative()
    cancelled = make_status("cancelled")
    answers = {"confirmed": "set_status", "status": cancelled.pk}

    asked = act(moderator, "set_status", [ready, unready], **answers)
    before = set(Initiative.objects.values_list("status__slug", flat=True))
    act(
        moderator,
        "set_status",
        [ready, unready],
        agreed=asked.context["agreed"],
        **answers,
    )

    ready.refresh_from_db()
    unready.refresh_from_db()
    assert before == {"pilot"}
    assert [row for row, _reason in asked.context["impossible"]] == [unready]
    assert (ready.status.slug, unready.status.slug) == ("cancelled", "pilot")


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("open_for_schools", False, True), ("close_for_schools", True, False)],
)
def test_schools_are_let_in_and_out(moderator, action, before, after):
    initiative = make_initiative(open_for_schools=before)

    act(moderator, action, [initiative], confirmed=action)

    initiative.refresh_from_db()
    assert initiative.open_for_schools is after


def test_action_is_one_transaction(moderator, monkeypatch):
    rows = [make_initiative(visibility="draft") for _ in range(2)]
    take = publishing.take_step

    def fail_at_the_second(row, step, *, by):
        if row == rows[1]:
            raise RuntimeError("the power went")
        take(row, step, by=by)

    monkeypatch.setattr(publishing, "take_step", fail_at_the_second)

    with pytest.raises(RuntimeError, match="the power went"):
        act(moderator, "publish_selected", rows, confirmed="publish")

    assert visibilities() == ["draft", "draft"]


@pytest.mark.parametrize("count", [1, 3])
def test_confirmation_query_count_does_not_grow(moderator, count, django_assert_max_num_queries):
    owner = make_organisation()
    rows = [make_initiative(visibility="draft", driven_by=owner) for _ in range(count)]

    with django_assert_max_num_queries(16):
        act(moderator, "publish_selected", rows)
