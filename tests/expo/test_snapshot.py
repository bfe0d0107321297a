"""What an edition's snapshot knows, and that it is of this moment."""

import pytest
from django.db import transaction

from expo import snapshot
from expo.models import Expo
from innovation.choices import Visibility
from tests.builders import make_initiative
from tests.expo.builders import make_event, make_expo, make_occasion


@pytest.mark.django_db
def test_snapshot_is_made_with_the_same_few_statements(django_assert_num_queries):
    event = make_event()
    make_occasion(event=event)
    with django_assert_num_queries(10):
        snapshot.current(event.expo.slug)
    make_occasion(event=event)
    make_occasion(event=make_event(expo=event.expo))

    with django_assert_num_queries(10):
        snapshot.current(event.expo.slug)
    with django_assert_num_queries(0):
        snapshot.current(event.expo.slug)


@pytest.mark.django_db
def test_search_index_keeps_the_words_of_texts_that_are_the_same(monkeypatch):
    event = make_event()
    make_occasion(event=event)
    snapshot.current(event.expo.slug).search("programpunkt")
    analysed = []
    analyse = snapshot.analysed
    monkeypatch.setattr(
        snapshot, "analysed", lambda texts: analysed.append(texts) or analyse(texts)
    )
    other = make_event(expo=event.expo, title_sv="Havet", title_en="", lead_sv="", lead_en="")
    make_occasion(event=other)

    _, bits = snapshot.current(event.expo.slug).search("havet")

    assert bits.bit_count() == 1
    assert analysed == [[("Havet", "sv")], [], []]


@pytest.mark.django_db(transaction=True)
def test_change_is_seen_at_once_and_a_rolled_back_one_never():
    event = make_event()
    make_occasion(event=event)
    before = snapshot.current(event.expo.slug)

    with transaction.atomic():
        make_occasion(event=event, venue=None)
        inside = snapshot.current(event.expo.slug)
        transaction.set_rollback(True)
    after = snapshot.current(event.expo.slug)

    assert [len(snap.rows) for snap in (before, inside, after)] == [1, 2, 1]
    assert after is before


@pytest.mark.django_db(transaction=True)
def test_editions_are_read_again_when_they_may_have_changed(django_assert_num_queries):
    expo, initiative = make_expo(), make_initiative()
    assert list(snapshot.expos()) == [expo.slug]

    initiative.save()
    with django_assert_num_queries(0):
        assert list(snapshot.expos()) == [expo.slug]

    Expo.objects.update(visibility=Visibility.WITHDRAWN)
    assert list(snapshot.expos()) == []


@pytest.mark.django_db
def test_only_published_editions_are_known():
    shown = make_expo()
    hidden = make_expo(visibility=Visibility.DRAFT)

    assert list(snapshot.expos()) == [shown.slug]
    assert snapshot.current(hidden.slug) is None
