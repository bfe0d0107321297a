import io

import pytest
from django.core.management import call_command

from innovation import outbox
from innovation.models import ChallengeContact, InitiativeContact, OutboxMessage, PlatformContact
from tests.builders import make_challenge, make_contact, make_initiative, make_platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def contacts():
    """One contact of each kind with one address in different capitals, another with another."""
    make_contact(make_initiative(slug="lugna-bussen"), email="Åsa@Example.org")
    make_contact(make_initiative(slug="digidel"), email="annan@example.org")
    make_challenge(slug="trygg-resa").contacts.create(function_sv="Åsa", email="åsa@example.org")
    make_platform(slug="iot").contacts.create(function_sv="Åsa", email="ÅSA@EXAMPLE.ORG")


def erase(*arguments) -> str:
    out = io.StringIO()
    call_command("erase_contact", *arguments, stdout=out)
    return out.getvalue()


def left() -> list[str]:
    return [
        email
        for model in (InitiativeContact, ChallengeContact, PlatformContact)
        for email in model.objects.values_list("email", flat=True)
    ]


def test_erase_contact_erases_the_address_in_any_capitals_everywhere(contacts):
    said = erase(" åSA@example.ORG ")

    assert left() == ["annan@example.org"]
    assert sorted(line.split(": ")[1] for line in said.splitlines()[:-1]) == [
        "iot",
        "lugna-bussen",
        "trygg-resa",
    ]
    assert said.splitlines()[-1] == "3 erased"


def test_erase_contact_only_tells_with_dry_run(contacts):
    said = erase("åsa@example.org", "--dry-run")

    assert said.splitlines()[-1] == "3 would be erased"
    assert len(left()) == 4


def test_erase_contact_erases_mail_to_the_address(contacts):
    outbox.send_mail(to="anna@example.org", subject="Hej", text="Anna!")
    kept = outbox.send_mail(to="berit@example.org", subject="Hej", text="Berit!")

    erase("Anna@example.org")

    assert list(OutboxMessage.objects.all()) == [kept]


def test_erase_contact_logs_the_deed_without_the_address(contacts, caplog):
    erase("åsa@example.org")

    assert caplog.messages == ["erased 3 rows about one contact, on request"]


def test_erase_contact_of_someone_unknown_erases_nothing(contacts):
    make_contact(make_initiative(), email="")

    assert (erase("nobody@example.org"), erase("")) == ("0 erased\n", "0 erased\n")
    assert len(left()) == 5
