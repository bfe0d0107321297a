"""The three who sign in to a demo: an editor, a moderator and an administrator, all invented."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from innovation.choices import Role
from innovation.models import Membership, Organisation, User
from innovation.permissions import EDITORS, MODERATORS, ensure_roles

DEMO_PASSWORD = "helsingborg-2022"  # noqa: S105 — shown on the terminal, for DEMO only
# Whose initiatives the editor and the moderator work with.
ORGANISATIONS = ("exempelforvaltningen", "skol-och-fritidsforvaltningen")


@dataclass(frozen=True)
class SignIn:
    """`password` is empty when the account was there already, with a password of its own."""

    email: str
    title: str
    password: str


def random_password() -> str:
    return secrets.token_urlsafe(12)


@transaction.atomic
def make_sign_ins(new_password: Callable[[], str] = random_password) -> list[SignIn]:
    """Make the accounts that are missing; one that exists is left as it is."""
    return [
        _sign_in("editor", "editor", new_password(), _editor),
        _sign_in("moderator", "moderator", new_password(), _moderator),
        _sign_in("admin", "administrator", new_password(), _administrator),
    ]


def _sign_in(name: str, title: str, password: str, equip: Callable[[User], None]) -> SignIn:
    email = f"{name}@example.org"
    held = User.objects.filter(email=email).first()
    if held:
        return SignIn(email, title, password if held.check_password(password) else "")
    user = User.objects.create_user(email, password, name=title.capitalize(), is_staff=True)
    equip(user)
    return SignIn(email, title, password)


def _editor(user: User) -> None:
    user.groups.add(ensure_roles()[EDITORS])
    _join(user, Role.EDITOR)


def _moderator(user: User) -> None:
    user.groups.add(ensure_roles()[MODERATORS])
    _join(user, Role.MODERATOR)


def _administrator(user: User) -> None:
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])


def _join(user: User, role: str) -> None:
    for organisation in Organisation.objects.filter(slug__in=ORGANISATIONS):
        Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
