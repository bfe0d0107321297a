import io

import pytest
from django.core.management import call_command

from innovation.demo_sign_ins import DEMO_PASSWORD
from innovation.importers import demo
from innovation.importers.rows import OrganisationRow, SectorRow
from innovation.models import ImportReport, Organisation, Sector, User
from tests.builders import make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_data(monkeypatch):
    """Two rows: what all of the data comes to is tested with its importer."""
    rows = [
        SectorRow(slug="hamn", name_sv="Hamn", name_en="Harbour"),
        OrganisationRow(slug="exempelforvaltningen", name_sv="E", kind="administration"),
    ]
    monkeypatch.setattr(demo, "parse", lambda data: rows)
    monkeypatch.setattr(demo, "read", dict)


def load_demo(**options) -> list[str]:
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().splitlines()


def test_load_demo_says_what_it_does(settings):
    settings.DEMO = False

    assert load_demo() == [
        "Looking at the demo data …",
        "  sectors                 1 of 1",
        "  organisations           1 of 1",
        "2 created, 0 updated, 0 unchanged, 0 skipped.",
    ]


def test_load_demo_twice_changes_nothing(settings):
    settings.DEMO = False
    load_demo()

    lines = load_demo()

    assert lines[-1] == "0 created, 0 updated, 2 unchanged, 0 skipped."


def test_load_demo_dry_run_says_what_would_change_and_writes_nothing():
    Sector.objects.create(slug="hamn", name_sv="Hamnar", name_en="Harbour")

    lines = load_demo(dry_run=True)

    assert lines == [
        "Looking at the demo data …",
        "  update    sector hamn",
        "      name_sv: 'Hamnar' → 'Hamn'",
        "  create    organisation exempelforvaltningen",
        "1 would be created, 1 would be updated, 0 unchanged, 0 would be skipped.",
    ]
    assert Sector.objects.get().name_sv == "Hamnar"
    assert [kind.objects.count() for kind in (Organisation, User, ImportReport)] == [0, 0, 0]


def test_load_demo_if_empty_leaves_a_catalogue_alone(settings):
    settings.DEMO = False
    make_initiative()

    assert load_demo(if_empty=True) == []
    assert Sector.objects.count() == 0


def test_load_demo_in_demo_mode_prints_the_sign_ins(settings):
    settings.DEMO = True

    lines = load_demo()

    assert lines[-4:] == [
        "Sign-ins for the admin:",
        f"  editor         editor@example.org       {DEMO_PASSWORD}",
        f"  moderator      moderator@example.org    {DEMO_PASSWORD}",
        f"  administrator  admin@example.org        {DEMO_PASSWORD}",
    ]
    assert all(user.check_password(DEMO_PASSWORD) for user in User.objects.all())


def test_load_demo_prints_the_sign_ins_of_a_loaded_demo_again(settings):
    settings.DEMO = True
    make_initiative()
    first = load_demo(if_empty=True)

    assert load_demo(if_empty=True) == first
    assert User.objects.count() == 3


def test_load_demo_makes_no_sign_ins_unless_asked(settings):
    settings.DEMO = False

    load_demo()

    assert User.objects.count() == 0


def test_load_demo_with_users_gives_each_a_password_of_its_own(settings):
    settings.DEMO = False

    lines = load_demo(with_users=True)

    passwords = [line.split()[-1] for line in lines[-3:]]
    assert len({*passwords, DEMO_PASSWORD}) == 4
    users = User.objects.in_bulk(field_name="email")
    names = ("editor", "moderator", "admin")
    for name, password in zip(names, passwords, strict=True):
        assert users[f"{name}@example.org"].check_password(password)


def test_load_demo_never_changes_a_password(settings):
    settings.DEMO = True
    User.objects.create_user("editor@example.org", "a password of her own")

    lines = load_demo()

    assert lines[-3].endswith("(was there already, with its own password)")
    assert User.objects.get(email="editor@example.org").check_password("a password of her own")


def test_load_demo_editor_writes_for_the_example_administration(settings):
    settings.DEMO = True

    load_demo()

    editor, moderator = (
        User.objects.get(email=f"{name}@example.org") for name in ("editor", "moderator")
    )
    assert [m.organisation.slug for m in editor.memberships.all()] == ["exempelforvaltningen"]
    assert editor.has_perm("innovation.change_initiative")
    assert not editor.has_perm("innovation.publish_initiative")
    assert moderator.has_perm("innovation.publish_initiative")
