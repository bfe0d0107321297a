import math
import shutil

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.utils import translation

from tests import strict
from tests.needs import need
from tests.sharing import SharedServers
from tools import with_services


def pytest_configure():
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = strict.UNDEFINED
    # WhiteNoise warns of a folder that does not exist; here nothing is collected into it.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config):
    """Remove the folder that settings_test made; the processes of xdist share their parent's."""
    is_parent = not hasattr(config, "workerinput")
    if is_parent and settings.VAR_DIR.name.startswith("catalogue-tests-"):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


def pytest_addoption(parser):
    parser.addoption(
        "--of-database",
        action="store_true",
        help="only the tests that ask the database: what another engine could change",
    )


def pytest_collection_modifyitems(config, items):
    if config.getoption("of_database"):
        others = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if asks_database(item)]


def asks_database(item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or item.get_closest_marker("engine")
        or {"db", "transactional_db", "django_db_setup"}.intersection(item.fixturenames)
    )


@pytest.hookimpl(optionalhook=True)  # xdist may be switched off
def pytest_xdist_make_scheduler(config, log):
    """What `--dist loadgroup` stands for here; every other way stays as it is."""
    return SharedServers(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(autouse=True)
def default_language():
    """Each test begins in the site's own language: a page leaves its own to who comes after it in
    the same thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def house_rules(monkeypatch):
    """Every page that a test asks for, by client or browser, keeps the rules of `strict.py`.

    Yields the breaches so far; a test of the rules themselves may clear them.
    """
    breaches: list[str] = []
    answer = BaseHandler.get_response

    def get_response(self, request):
        with strict.writes_noted(request, breaches):
            response = answer(self, request)
        if strict.is_page(response):
            html = response.content.decode(response.charset)
            breaches.extend(f"{request.path} has {code}" for code in strict.inline_code(html))
        return response

    monkeypatch.setattr(BaseHandler, "get_response", get_response)
    monkeypatch.setattr(strict.UNDEFINED, "breaches", breaches)
    strict.refuse_network(monkeypatch)
    yield breaches
    assert breaches == []


@pytest.fixture(scope="session", autouse=True)
def changes_of_its_own(tmp_path_factory):
    """The processes of xdist share a folder and no database: a change in one of them is none in
    another, nor is there another machine to ask."""
    from innovation import changes  # not before Django is set up

    path = tmp_path_factory.mktemp("changes") / "changes"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "_path", lambda: str(path))
        patch.setattr(changes._others, "_ask_at", math.inf)
        yield


@pytest.fixture(scope="module")
def full_site(django_db_setup, django_db_blocker):
    """The rows of `full_site.py`, made once for the tests of a module; what a test does to them is
    rolled back. Every test of that module sees them, and none may commit (`transactional_db`)."""
    from tests.full_site import make_full_site  # not before Django is set up

    around = transaction.atomic()
    around._from_testcase = True  # as Django's own: a durable block may stand within it
    with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
        around.__enter__()
        site = make_full_site()
    yield site
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session")
def redis_url():
    """A real Redis for tests of the shared cache."""
    try:
        with with_services.redis() as url:
            yield url
    except with_services.ServiceMissing as missing:
        need(False, str(missing))


@pytest.fixture(scope="session")
def postgres_url():
    """A real PostgreSQL of the test's own, for tests that stop it or start programs on it."""
    try:
        with with_services.postgres() as url:
            yield url
    except with_services.ServiceMissing as missing:
        need(False, str(missing))
