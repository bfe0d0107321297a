"""Programmes without an account: what can be done with them, whoever asks.

A programme is found by its secret (see models/programme.py). What can't be done raises NotDone
with a sentence for the visitor, in the language that is active.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo.models import Expo, Occasion, PersonalProgramme, ProgrammeItem
from expo.models.programme import TOKEN_LENGTH, new_token
from innovation import outbox
from innovation.models import OutboxMessage

MOST_ITEMS, MOST_PROGRAMMES = 200, 10
KEPT_FOR = timedelta(days=90)  # after the last day of the expo
# Pressing again within this time sends no second mail to the same address.
ONE_MAIL_PER_SECONDS, MOST_MAILS_A_DAY = 600, 5


_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


class NotDone(Exception):
    """Why a deed wasn't done, as a sentence for the visitor. Nothing has changed."""


# ── Finding ───────────────────────────────────────────────────────────────────
def of_tokens(tokens: Sequence[str]) -> list[PersonalProgramme]:
    """The programmes that these secrets edit, in the order of the secrets."""
    rows = PersonalProgramme.objects.filter(edit_token__in=tokens).select_related("expo")
    by_token = {row.edit_token: row for row in rows}
    return [by_token[token] for token in tokens if token in by_token]


def is_token(value: str) -> bool:
    """Whether it could be a secret, before the database is asked."""
    return bool(_TOKEN.fullmatch(value))


def kept_until(expo: Expo) -> date:
    """The last day that its programmes are kept."""
    return expo.ends_on + KEPT_FOR


def is_open(expo: Expo, now: datetime | None = None) -> bool:
    """Whether there is anything left of the expo to plan for."""
    return timezone.localtime(now).date() <= expo.ends_on


# ── Choosing ──────────────────────────────────────────────────────────────────
@transaction.atomic
def add(programme: PersonalProgramme | None, occasion: Occasion) -> ProgrammeItem:
    """Put `occasion` into `programme`, or into a new one of its expo when None.

    A second time it changes nothing. Raises NotDone for what is cancelled or over, and when there
    are MOST_ITEMS already.
    """
    _check_can_be_planned(occasion)
    if programme is None:
        programme = PersonalProgramme.objects.create(expo=occasion.event.expo)
    # Two presses at once: the second waits here, and then finds what the first has written.
    PersonalProgramme.objects.select_for_update().get(pk=programme.pk)
    item = programme.items.filter(occasion=occasion).first()
    if item:
        return item
    if programme.items.count() >= MOST_ITEMS:
        raise NotDone(
            ngettext(
                "A programme can hold %(most)d item. Remove something first, or begin another "
                "programme.",
                "A programme can hold %(most)d items. Remove something first, or begin another "
                "programme.",
                MOST_ITEMS,
            )
            % {"most": MOST_ITEMS}
        )
    item = programme.items.create(occasion=occasion, seen_sequence=occasion.sequence)
    _touch(programme)
    return item


def _check_can_be_planned(occasion: Occasion) -> None:
    if occasion.is_cancelled:
        said = _("“%(title)s” has been cancelled: %(reason)s. It was not added.")
        reason = str(occasion.reason).rstrip(".")
        raise NotDone(said % {"title": occasion.event.title, "reason": reason})
    if not is_open(occasion.event.expo):
        raise NotDone(
            _("%(expo)s is over, so there is nothing more to plan.")
            % {"expo": occasion.event.expo.name}
        )


@transaction.atomic
def remove(programme: PersonalProgramme, occasion: Occasion) -> None:
    """Take `occasion` out of `programme`; a second time it changes nothing."""
    deleted, _of_each = programme.items.filter(occasion=occasion).delete()
    if deleted:
        _touch(programme)


@transaction.atomic
def swap(
    programme: PersonalProgramme, old: Occasion, new: Occasion, visit_at: datetime | None = None
) -> None:
    """`new` in place of `old`, at once: when `new` can't be added, `old` stays. The note goes with
    another time of the same event."""
    replaced = programme.items.filter(occasion=old).first()
    is_there = programme.items.filter(occasion=new).exists()
    if replaced is None:
        if is_there:
            return  # sent twice
        raise NotDone(_("It isn’t in your programme any more. Nothing has changed."))
    replaced.delete()
    item = add(programme, new)
    if old.event_id == new.event_id:
        item.note = item.note or replaced.note
    if new.is_drop_in and not is_there:
        item.visit_at = visit_at
    item.save()


def change_item(item: ProgrammeItem, *, note: str, visit_at: datetime | None) -> None:
    """visit_at: when a drop-in visit begins, None to let the programme find a time."""
    if item.visit_at != visit_at:
        item.plan_sequence += 1
    item.note, item.visit_at = note, visit_at
    item.save(update_fields=["note", "visit_at", "plan_sequence"])
    _touch(item.programme)


@transaction.atomic
def mark_seen(programme: PersonalProgramme, sequences: dict[int, int]) -> int:
    """The changes that a page showed have been read; returns of how many items.

    sequences: by the occasion's key, the revision that was shown, so that what has changed since
    then stays news.
    """
    marked = 0
    for key, sequence in sequences.items():
        items = programme.items.filter(occasion=key, seen_sequence__lt=sequence)
        # No revision of the future can be marked.
        marked += items.filter(occasion__sequence__gte=sequence).update(seen_sequence=sequence)
    return marked


def _touch(programme: PersonalProgramme) -> None:
    programme.save(update_fields=["updated_at"])


# ── Several programmes ────────────────────────────────────────────────────────
def new(expo: Expo, *, name: str, held: int) -> PersonalProgramme:
    """An empty programme. held: how many this visitor has; raises NotDone at MOST_PROGRAMMES."""
    check_may_have_more(held)
    if not is_open(expo):
        raise NotDone(
            _("%(expo)s is over, so there is nothing more to plan.") % {"expo": expo.name}
        )
    return PersonalProgramme.objects.create(expo=expo, name=name)


@transaction.atomic
def copy(programme: PersonalProgramme, *, held: int) -> PersonalProgramme:
    """One's own copy of what somebody shared: its items and times, not the notes."""
    check_may_have_more(held)
    own = PersonalProgramme.objects.create(expo=programme.expo, name=programme.name)
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            programme=own,
            occasion=item.occasion,
            visit_at=item.visit_at,
            seen_sequence=item.occasion.sequence,
        )
        for item in programme.items.select_related("occasion")
    )
    return own


def shared_by(token: str) -> PersonalProgramme | None:
    """The programme that a shared link opens."""
    if not is_token(token):
        return None
    return PersonalProgramme.objects.filter(share_token=token).select_related("expo").first()


def check_may_have_more(held: int) -> None:
    """Raises NotDone for a visitor who holds MOST_PROGRAMMES already."""
    if held >= MOST_PROGRAMMES:
        raise NotDone(
            ngettext(
                "You can have %(most)d programme on one device. Delete one first.",
                "You can have %(most)d programmes on one device. Delete one first.",
                MOST_PROGRAMMES,
            )
            % {"most": MOST_PROGRAMMES}
        )


def rename(programme: PersonalProgramme, name: str) -> None:
    programme.name = name
    programme.save(update_fields=["name", "updated_at"])


# ── Sharing ───────────────────────────────────────────────────────────────────
def share(programme: PersonalProgramme) -> str:
    """The secret of the link that only reads; the same one until it is taken back."""
    # With the condition in the statement, so that two presses give one link.
    unshared = PersonalProgramme.objects.filter(pk=programme.pk, share_token=None)
    unshared.update(share_token=new_token())
    programme.refresh_from_db(fields=["share_token"])
    return programme.share_token


def take_back(programme: PersonalProgramme) -> None:
    """The link that was shared leads nowhere from now on."""
    programme.share_token = None
    programme.save(update_fields=["share_token"])


def renew_calendar(programme: PersonalProgramme) -> None:
    """Calendars that subscribe to the old address get nothing from now on."""
    programme.calendar_token = new_token()
    programme.save(update_fields=["calendar_token"])


def mail_link(programme: PersonalProgramme, email: str, now: datetime | None = None) -> None:
    """Send the secret link to its owner. The address isn't kept with the programme, and the name
    isn't in the mail: strangers' words must not travel under the city's name.

    Raises NotDone after MOST_MAILS_A_DAY.
    """
    now = now or timezone.now()
    address = salted_hmac("programme-link", email.lower()).hexdigest()[:12]
    prefix = f"programme-link:{programme.pk}:"
    today = OutboxMessage.objects.filter(
        dedupe_key__startswith="programme-link:", created_at__gt=now - timedelta(days=1)
    )
    # By programme and by address: anybody can make programmes, and write a stranger's address.
    sent = today.filter(dedupe_key__startswith=prefix).count()
    sent_there = today.filter(dedupe_key__contains=f":{address}:").count()
    if max(sent, sent_there) >= MOST_MAILS_A_DAY:
        raise NotDone(
            _("The link has been sent many times today. Copy it from the page, or try tomorrow.")
        )
    link = reverse("expo:programme-open", kwargs={"token": programme.edit_token})
    window = int(now.timestamp()) // ONE_MAIL_PER_SECONDS
    outbox.send_mail(
        to=email,
        subject=_("Your programme for %(expo)s") % {"expo": programme.expo.name},
        text=render_to_string(
            "expo/programme_mail.txt",
            {
                "link": f"{settings.SITE_URL}{link}",
                "expo": programme.expo,
                "site": settings.SITE_NAME,
                "kept_until": kept_until(programme.expo),
            },
        ),
        dedupe_key=f"{prefix}{address}:{window}",
    )


# ── Forgetting ────────────────────────────────────────────────────────────────
def prune(now: datetime | None = None) -> int:
    """Delete the programmes without an owner whose expo ended more than KEPT_FOR ago."""
    before = timezone.localtime(now).date() - KEPT_FOR
    old = PersonalProgramme.objects.filter(owner=None, expo__ends_on__lt=before)
    programmes = old.count()
    old.delete()
    return programmes
