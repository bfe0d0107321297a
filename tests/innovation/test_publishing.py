import pytest

from innovation.publishing import STEPS, NotPossible, change_status, remaining_work, take_step
from tests.builders import (
    make_contact,
    make_gallery_picture,
    make_initiative,
    make_organisation,
    make_status,
    make_user,
    picture_file,
)


def test_step_looks_at_what_is_stored_and_not_at_what_was_read(db):
    initiative = make_initiative(visibility="draft")
    moderator = make_user("moderator")
    read_before = type(initiative).objects.get(pk=initiative.pk)
    take_step(initiative, STEPS["publish"], by=moderator)

    with pytest.raises(NotPossible):
        take_step(read_before, STEPS["publish"], by=moderator)


def test_step_that_is_refused_changes_nothing(db):
    initiative = make_initiative(visibility="draft")

    with pytest.raises(NotPossible):
        take_step(initiative, STEPS["publish"], by=make_user("editor"))

    initiative.refresh_from_db()
    assert (initiative.visibility, initiative.version) == ("draft", 1)


def test_published_again_keeps_its_first_date(db):
    initiative = make_initiative()
    first, moderator = initiative.published_at, make_user("moderator")

    take_step(initiative, STEPS["withdraw"], by=moderator)
    take_step(initiative, STEPS["publish"], by=moderator)

    initiative.refresh_from_db()
    assert (initiative.visibility, initiative.published_at) == ("published", first)


def test_cancelled_keeps_the_progress_that_was_reached(db):
    initiative = make_initiative(lessons_learned_sv="<p>Vi lärde oss.</p>")

    change_status(initiative, make_status("cancelled"), by=make_user("moderator"))

    initiative.refresh_from_db()
    assert (initiative.status.slug, initiative.progress_percent) == ("cancelled", 50)


def test_status_is_not_changed_for_those_who_write_for_others(db):
    initiative = make_initiative()

    with pytest.raises(NotPossible):
        change_status(initiative, make_status("paused"), by=make_user("editor"))


def test_remaining_work_names_pictures_without_words(db):
    initiative = make_initiative(cover_photo=picture_file())
    make_contact(initiative)
    make_gallery_picture(initiative, alt_sv="", alt_en="")

    texts = [str(item.text) for item in remaining_work(initiative)]

    assert len(texts) == 2


def test_remaining_work_of_an_organisation_is_its_languages(db):
    organisation = make_organisation(name_en="", text_sv="<p>Om oss.</p>")

    assert [item.field for item in remaining_work(organisation)] == ["name_en"]
