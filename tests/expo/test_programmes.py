"""What can be done with a programme, whoever asks."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import translation

from expo import programmes
from expo.choices import OccasionStatus
from expo.models import PersonalProgramme, ProgrammeItem
from expo.programme_changes import changes_of
from expo.programmes import NotDone
from innovation import outbox, tidying
from innovation.models import OutboxMessage
from tests.builders import make_user
from tests.expo.builders import (
    LAST_DAY,
    at,
    make_event,
    make_expo,
    make_occasion,
    make_programme,
    make_venue,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_expo")]


@pytest.fixture
def before_the_expo():
    with time_machine.travel(at("2022-05-20 12:00"), tick=False):
        yield


def planned(programme) -> set[int]:
    return set(programme.items.values_list("occasion", flat=True))


# ── Choosing ──────────────────────────────────────────────────────────────────
def test_first_thing_makes_a_programme_of_its_expo():
    occasion = make_occasion()

    item = programmes.add(None, occasion)

    assert item.programme.expo == occasion.event.expo
    assert planned(item.programme) == {occasion.pk}


def test_same_thing_twice_is_there_once():
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])

    programmes.add(programme, occasion)

    assert programme.items.count() == 1


def test_what_is_cancelled_is_not_added_and_says_why():
    occasion = make_occasion(status=OccasionStatus.CANCELLED, reason_sv="Åska väntas.")

    with pytest.raises(NotDone, match="Åska väntas"):
        programmes.add(None, occasion)

    assert PersonalProgramme.objects.count() == 0


@time_machine.travel(at("2022-07-04 00:01"), tick=False)
def test_nothing_is_added_when_the_expo_is_over():
    with pytest.raises(NotDone):
        programmes.add(None, make_occasion())


@time_machine.travel(at("2022-07-03 23:59"), tick=False)
def test_something_can_be_added_until_the_last_minute():
    assert programmes.add(None, make_occasion()).pk


def test_programme_holds_so_many_and_no_more(monkeypatch):
    monkeypatch.setattr(programmes, "MOST_ITEMS", 2)
    event = make_event()
    first, second, third = (
        make_occasion(event=event, starts_at=at(f"2022-06-0{day} 10:00")) for day in (1, 2, 3)
    )
    programme = make_programme(occasions=[first, second])

    with pytest.raises(NotDone):
        programmes.add(programme, third)

    assert planned(programme) == {first.pk, second.pk}


def test_what_is_removed_twice_is_gone():
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])

    for _ in range(2):
        programmes.remove(programme, occasion)

    assert planned(programme) == set()


def test_swap_keeps_the_note_with_another_time_of_the_same_event():
    event = make_event()
    old = make_occasion(event=event)
    new = make_occasion(event=event, starts_at=at("2022-06-01 14:00"))
    programme = make_programme(occasions=[old])
    programme.items.update(note="Ta med matsäck")

    for _ in range(2):  # sent twice
        programmes.swap(programme, old, new)

    assert list(programme.items.values_list("occasion", "note")) == [(new.pk, "Ta med matsäck")]


def test_swap_for_what_is_cancelled_leaves_the_old_one():
    old = make_occasion()
    new = make_occasion(
        event=make_event(expo=old.event.expo), status=OccasionStatus.CANCELLED, reason_sv="Regn"
    )
    programme = make_programme(occasions=[old])

    with pytest.raises(NotDone):
        programmes.swap(programme, old, new)

    assert planned(programme) == {old.pk}


def test_copy_has_the_things_and_not_the_notes():
    occasion = make_occasion()
    shared = make_programme(occasions=[occasion], name="Lördag")
    shared.items.update(note="Hämta Kim", visit_at=at("2022-06-01 10:30"))

    own = programmes.copy(shared, held=0)

    item = own.items.get()
    assert (own.name, item.occasion, item.note, item.visit_at) == (
        "Lördag",
        occasion,
        "",
        at("2022-06-01 10:30"),
    )
    tokens = {shared.edit_token, shared.calendar_token, own.edit_token, own.calendar_token}
    assert len(tokens) == 4


@pytest.mark.parametrize("deed", ["new", "copy"])
def test_device_holds_so_many_programmes_and_no_more(deed):
    programme = make_programme()
    deeds = {
        "new": lambda: programmes.new(programme.expo, name="", held=programmes.MOST_PROGRAMMES),
        "copy": lambda: programmes.copy(programme, held=programmes.MOST_PROGRAMMES),
    }

    with pytest.raises(NotDone):
        deeds[deed]()

    assert PersonalProgramme.objects.count() == 1


# ── Sharing ───────────────────────────────────────────────────────────────────
def test_shared_link_stays_the_same_until_it_is_taken_back():
    programme = make_programme()

    first, second = programmes.share(programme), programmes.share(programme)
    programmes.take_back(programme)
    third = programmes.share(programme)

    assert first == second
    assert third != first
    assert programmes.is_token(third)


def test_link_is_mailed_without_the_name_and_the_address_is_kept_nowhere_else():
    programme = make_programme(name="Köp billigt på example.org")

    programmes.mail_link(programme, "kim@example.org")

    message = OutboxMessage.objects.get()
    assert message.payload["to"] == "kim@example.org"
    assert f"/sv/mitt-program/{programme.edit_token}/\n" in message.payload["text"]
    assert "billigt" not in str(message.payload)
    assert "kim" not in message.dedupe_key


@pytest.mark.django_db(transaction=True)
def test_mailed_link_is_sent():
    programmes.mail_link(make_programme(), "kim@example.org")

    outbox.work()

    assert [message.to for message in mail.outbox] == [["kim@example.org"]]


def test_pressing_twice_sends_one_mail_to_each_address():
    programme = make_programme()

    for address in ("kim@example.org", "kim@example.org", "alex@example.org"):
        programmes.mail_link(programme, address)

    assert OutboxMessage.objects.count() == 2


def test_one_programme_does_not_send_mail_all_day():
    programme = make_programme()
    for number in range(programmes.MOST_MAILS_A_DAY):
        programmes.mail_link(programme, f"kim{number}@example.org")

    with pytest.raises(NotDone):
        programmes.mail_link(programme, "one-more@example.org")

    assert OutboxMessage.objects.count() == programmes.MOST_MAILS_A_DAY


# ── What has changed ──────────────────────────────────────────────────────────
def news(programme) -> list[str]:
    items = programme.items.select_related("occasion__event", "occasion__venue")
    return [sentence for sentences in changes_of(items).values() for sentence in sentences]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"starts_at": at("2022-06-01 11:30"), "ends_at": at("2022-06-01 12:30")},
            ["Moved: 10:00 → 11:30"],
        ),
        ({"ends_at": at("2022-06-01 12:00")}, ["Moved: 10:00–11:00 → 10:00–12:00"]),
        (
            {"starts_at": at("2022-06-02 10:00"), "ends_at": at("2022-06-02 11:00")},
            ["Moved: Wed 1 Jun 10:00 → Thu 2 Jun 10:00"],
        ),
        ({"starts_at": None, "ends_at": None}, ["Moved: 10:00–11:00 → Time not known"]),
        (
            {"status": OccasionStatus.CANCELLED, "reason_en": "Storm", "reason_sv": "Storm"},
            ["Cancelled: Storm"],
        ),
        ({"venue": None}, ["New place: place not known instead of Kajen"]),
        ({"status": OccasionStatus.MOVED}, []),
    ],
)
def test_change_is_told_in_words(fields, said):
    occasion = make_occasion(venue=make_venue(name_en="Kajen"))
    programme = make_programme(occasions=[occasion])

    for name, value in fields.items():
        setattr(occasion, name, value)
    occasion.save()

    with translation.override("en"):
        assert news(programme) == said


def test_changes_that_undo_each_other_are_none():
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    start = occasion.starts_at

    for moment in (start + timedelta(minutes=5), start):
        occasion.starts_at = moment
        occasion.save()

    assert occasion.sequence == 2
    assert news(programme) == []


def test_nothing_new_asks_nothing(django_assert_num_queries):
    programme = make_programme(occasions=[make_occasion()])
    items = list(programme.items.select_related("occasion"))

    with django_assert_num_queries(0):
        assert changes_of(items) == {}


def test_seen_is_what_the_page_showed_and_no_more():
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    for minutes in (5, 5):
        occasion.starts_at -= timedelta(minutes=minutes)
        occasion.save()

    programmes.mark_seen(programme, {occasion.pk: 1})

    assert programme.items.get().seen_sequence == 1
    assert len(news(programme)) == 1


@pytest.mark.parametrize("sequence", [0, 7])
def test_seen_can_neither_go_back_nor_be_of_the_future(sequence):
    occasion = make_occasion()
    programme = make_programme(occasions=[occasion])
    occasion.starts_at -= timedelta(minutes=5)
    occasion.save()
    programmes.mark_seen(programme, {occasion.pk: 1})

    programmes.mark_seen(programme, {occasion.pk: sequence})

    assert programme.items.get().seen_sequence == 1


def test_seen_reaches_only_the_own_programme():
    occasion = make_occasion()
    mine, other = make_programme(occasions=[occasion]), make_programme(occasions=[occasion])
    occasion.starts_at -= timedelta(minutes=5)
    occasion.save()

    programmes.mark_seen(mine, {occasion.pk: 1})

    assert other.items.get().seen_sequence == 0


# ── Forgetting ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("days", "deleted"), [(0, 0), (programmes.KEPT_FOR.days, 0), (programmes.KEPT_FOR.days + 1, 1)]
)
def test_programme_is_deleted_ninety_days_after_the_expo(days, deleted):
    programme = make_programme(occasions=[make_occasion()])
    assert programmes.kept_until(programme.expo) == date(2022, 10, 1)

    with time_machine.travel(LAST_DAY + timedelta(days=days), tick=False):
        assert programmes.prune() == deleted

    assert PersonalProgramme.objects.count() == ProgrammeItem.objects.count() == 1 - deleted


def test_programme_of_an_account_is_kept():
    make_programme(owner=make_user())

    with time_machine.travel(date(2030, 1, 1), tick=False):
        assert programmes.prune() == 0


def test_programmes_of_later_expos_are_kept():
    make_programme(make_expo(starts_on=date(2023, 5, 1), ends_on=date(2023, 5, 30)))
    old = make_programme()

    with time_machine.travel(date(2022, 12, 1), tick=False):
        programmes.prune()

    assert not PersonalProgramme.objects.filter(pk=old.pk).exists()
    assert PersonalProgramme.objects.count() == 1


def test_command_says_how_many_were_deleted(capsys):
    make_programme()

    with time_machine.travel(date(2023, 1, 1), tick=False):
        call_command("prune_programmes")

    assert capsys.readouterr().out == "1 programmes deleted\n"


def test_worker_deletes_them_when_it_tidies():
    from expo import background  # the worker loads it  # noqa: F401

    make_programme()

    with time_machine.travel(date(2023, 1, 1), tick=False):
        assert tidying.tidy() == 1

    assert PersonalProgramme.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("lfFTBGrRWKrBhD3_qaa5OoDa_gqx9h-m", True),
        ("1fFTBGrRWKrBhD3_qaa5OoDa_gqx9h-m", True),
        ("lfFTBGrRWKrBhD3_qaa5OoDa_gqx9h-", False),
        ("lfFTBGrRWKrBhD3_qaa5OoDa_gqx9hå-", False),
        ("lfFTBGrRWKrBhD3_qaa5OoDa_gqx9h-m\n", False),
        ("", False),
    ],
)
def test_only_what_could_be_a_secret_is_looked_up(value, expected):
    assert programmes.is_token(value) == expected
