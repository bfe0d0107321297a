import pytest
from django.test import Client

from tests.builders import make_organisation, make_user


def signed_in(user) -> Client:
    """A client in English, so that tests can name the sentences."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def organisation(db):
    """The one that `editor` writes for."""
    return make_organisation(name_sv="Miljöförvaltningen", name_en="Environment Department")


@pytest.fixture
def editor(organisation):
    return signed_in(make_user("editor", organisations=[organisation]))


@pytest.fixture
def moderator(db):
    return signed_in(make_user("moderator"))


@pytest.fixture
def administrator(db):
    return signed_in(make_user("administrator"))
