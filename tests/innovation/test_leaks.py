"""Nothing hidden stands on any public address, in no byte and no header.

Each hidden thing carries three words of its own: one in every text (`canary`), one that only a
search asks for (`find`), and one in its addresses (`slug`). The addresses come from the list
that `tests/test_site_map.py` holds equal to the URL configuration, and the same sweep finds
every thing once it is made public.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.db import models as fields
from django.urls import reverse
from django.utils import timezone, translation

from innovation import models
from innovation.choices import FundingKind, OrganisationKind, Role, Visibility
from innovation.models.base import KeepsOldSlugs, Publishable
from tests.builders import (
    STATUSES,
    make_initiative,
    make_organisation,
    make_platform,
    make_status,
    make_user,
    picture_file,
)
from tests.full_site import make_full_site
from tests.site_map import ALL, LANGUAGES, body

pytestmark = pytest.mark.django_db

DRAFT, REVIEW, WITHDRAWN = Visibility.DRAFT, Visibility.IN_REVIEW, Visibility.WITHDRAWN


@dataclass
class Hidden:
    """`row` decides whether it is seen; `files` are addresses of its uploads."""

    name: str
    row: fields.Model
    files: list[str]
    has_page: bool = True

    @property
    def canary(self) -> str:
        return canary(self.name)


def word(kind: str, name: str) -> str:
    return f"zq{kind}{name.replace(' ', '')}zq"


def canary(name: str) -> str:
    return word("canary", name)


def texts(model, name: str, **given) -> dict:
    """A value with the canary for every field of `model` that holds text."""
    said = f"{canary(name)} {word('find', name)}"
    values = {}
    for field in model._meta.concrete_fields:
        if field.choices or not field.editable:
            continue
        if field.name in ("slug", "source_slug"):
            values[field.name] = f"{word('slug', name)}{'-old' * (field.name != 'slug')}"
        elif isinstance(field, fields.EmailField):
            values[field.name] = f"{canary(name)}@example.org"
        elif isinstance(field, fields.URLField):
            values[field.name] = f"https://example.org/{canary(name)}"
        elif isinstance(field, (fields.CharField, fields.TextField)) and _fits(field, said):
            values[field.name] = said
        elif field.name in ("alternative_titles", "aliases"):
            values[field.name] = [said]
    return values | given


def _fits(field, said: str) -> bool:
    return not isinstance(field, fields.FileField) and len(said) <= (field.max_length or 10**6)


def own_picture(name: str):
    return picture_file(f"{canary(name)}.png")


def add_parts(initiative, name: str) -> list[str]:
    """A row in every list of the initiative; gives the addresses of its files."""
    extra = {
        "impact_targets": {},
        "involvements": {},
        "funding": {"kind": FundingKind.USED, "amount_sek": 1},
        "figures": {"value": 1},
        "contacts": {},
        "links": {},
        "documents": {"file": ContentFile(b"%PDF-1.7\n" + canary(name).encode(), name="x.pdf")},
        "gallery": {"picture": own_picture(name)},
        "updates": {"dated_on": timezone.localdate()},
        "status_changes": {"to_status": make_status("idea")},
    }
    for relation, values in extra.items():
        manager = getattr(initiative, relation)
        manager.create(**texts(manager.model, name, **values))
    return [initiative.documents.get().file.url, initiative.gallery.get().picture.url]


def hidden_initiatives(site) -> list[Hidden]:
    made = []
    for name, state in {
        "draft initiative": {"visibility": DRAFT},
        "initiative in review": {"visibility": REVIEW},
        "withdrawn initiative": {"visibility": WITHDRAWN},
        "internal initiative": {"internal": True},
        "internal withdrawn one": {"internal": True, "visibility": WITHDRAWN},
    }.items():
        row = make_initiative(
            **texts(models.Initiative, name, **state),
            challenge=site.challenge,
            category=site.initiative.category,
            driven_by=site.organisation,
            sectors=site.initiative.sectors.all(),
            technologies=site.initiative.technologies.all(),
            global_goals=site.initiative.global_goals.all(),
            platforms=[site.platform],
            participants=[site.organisation],
            partners=[site.organisation],
            start_year=2021,
            estimated_budget_sek=2_000_000,
            open_for_schools=True,
            cover_photo=own_picture(name),
        )
        made.append(Hidden(name, row, [*add_parts(row, name), row.cover_photo.url]))
    return made


def hidden_challenges(site) -> list[Hidden]:
    made = []
    for name, state in {
        "draft challenge": DRAFT,
        "challenge in review": REVIEW,
        "withdrawn challenge": WITHDRAWN,
    }.items():
        photo = own_picture(name)
        row = models.Challenge.objects.create(
            **texts(models.Challenge, name, visibility=state),
            category=site.initiative.category,
            cover_photo=photo,
        )
        row.global_goals.set(site.initiative.global_goals.all())
        row.contacts.create(**texts(row.contacts.model, name))
        made.append(Hidden(name, row, [row.cover_photo.url]))
    link(site.lead_only, challenge=made[0].row)
    return made


def hidden_platforms(site) -> list[Hidden]:
    made = []
    for name, state in {"draft platform": DRAFT, "withdrawn platform": WITHDRAWN}.items():
        row = make_platform(
            **texts(models.Platform, name, visibility=state),
            partners=[site.organisation],
            cover_photo=own_picture(name),
        )
        for relation, values in {
            "features": {},
            "roadmap": {"planned_on": timezone.localdate()},
            "contacts": {},
            "links": {},
            "documents": {"file": ContentFile(b"%PDF-1.7\n", name=f"{canary(name)}.pdf")},
        }.items():
            manager = getattr(row, relation)
            manager.create(**texts(manager.model, name, **values))
        site.initiative.platforms.add(row)
        made.append(Hidden(name, row, [row.cover_photo.url, row.documents.get().file.url]))
    return made


def hidden_organisations(site) -> list[Hidden]:
    """One in every place where a public row may name an organisation."""
    names = ("driver", "participant", "partner", "parent", "administration", "part", "committee",
             "platform partner")  # fmt: skip
    rows = {
        name: make_organisation(
            **texts(models.Organisation, name, note="", kind=OrganisationKind.COMPANY,
                    visibility=WITHDRAWN if name == "partner" else DRAFT)
        )
        for name in names
    }  # fmt: skip
    link(site.lead_only, driven_by=rows["driver"])
    site.initiative.participants.add(rows["participant"])
    site.initiative.partners.add(rows["partner"])
    link(site.organisation, parent=rows["parent"], administration=rows["administration"])
    link(rows["part"], parent=site.organisation)
    link(rows["committee"], administration=site.organisation)
    site.platform.partners.add(rows["platform partner"])
    return [Hidden(name, row, []) for name, row in rows.items()]


def hidden_pictures(site) -> list[Hidden]:
    """Pictures of public rows whose consent ran out yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    gallery = site.initiative.gallery
    values = texts(gallery.model, "gallery picture", consent_reference="", licence="")
    values["consent_expires_on"] = yesterday
    picture = gallery.create(**values, picture=own_picture("gallery picture"))
    made = [Hidden("gallery picture", picture, [picture.picture.url], has_page=False)]
    for name, row in {
        "initiative photo": make_initiative(slug="med-foto"),
        "challenge photo": site.challenge,
        "platform photo": site.platform,
    }.items():
        row.cover_photo.save(f"{canary(name)}.png", own_picture(name), save=False)
        row.alt_sv = row.alt_en = canary(name)
        row.consent_expires_on = yesterday
        row.save()
        made.append(Hidden(name, row, [row.cover_photo.url], has_page=False))
    return made


def never_public(site) -> list[str]:
    """Things that no address shows, whatever is done with them; gives their names."""
    collection = models.Collection.objects.create(
        **texts(models.Collection, "collection", visibility=DRAFT)
    )
    theme = collection.themes.create(**texts(models.CollectionTheme, "theme"))
    theme.examples.create(**texts(models.CollectionExample, "example")).organisations.add(
        site.organisation
    )
    models.OutboxMessage.objects.create(
        kind="mail", payload={"to": f"{canary('mail')}@example.org"}, last_error=canary("mail")
    )
    models.ImportReport.objects.create(source="x", problems=[canary("report")])
    user = make_user(name=canary("user"), email=f"{canary('user')}@example.org", role="editor")
    user.memberships.create(organisation=site.organisation, role=Role.EDITOR)
    link(site.organisation, note=canary("note"))
    link(site.initiative.gallery.first(), consent_reference=canary("consent"))
    link(site.initiative, consent_reference=canary("consent"))
    return ["collection", "theme", "example", "mail", "report", "user", "note", "consent"]


def link(row, **values) -> None:
    """Without `save()`, which would date the public row anew."""
    type(row).objects.filter(pk=row.pk).update(**values)


def make_hidden(site) -> list[Hidden]:
    return [
        *hidden_initiatives(site),
        *hidden_challenges(site),
        *hidden_platforms(site),
        *hidden_organisations(site),
    ]


def own_addresses(thing: Hidden) -> list[str]:
    """The page of a hidden thing in both languages, by its present and its former names."""
    addresses = list(thing.files)
    if not thing.has_page:
        return addresses
    slugs = [thing.row.slug, f"{word('slug', thing.name)}-older"]
    for language in LANGUAGES:
        with translation.override(language):
            addresses += [
                reverse(f"innovation:{thing.row.page_name}", args=[slug]) for slug in slugs
            ]
    if hasattr(thing.row, "source_slug"):
        addresses += [
            f"{prefix}{thing.row.source_slug}"
            for prefix in ("/initiativ/", "/en/initiative/", "/utmaningar/", "/en/challenges/")
        ]
    return addresses


def give_old_slug(thing: Hidden) -> None:
    models.SlugRedirect.objects.create(
        model=thing.row._meta.model_name,
        old_slug=f"{word('slug', thing.name)}-older",
        object_id=thing.row.pk,
    )


def public_addresses(site) -> list[str]:
    """All of the site's, each with a public row; a file by its own name."""
    pages = [
        address.path(language)
        for address in ALL
        for language in LANGUAGES
        if address.name != "media"
    ]
    return [*dict.fromkeys(pages), site.initiative.gallery.first().picture.url]


def list_addresses(names: list[str]) -> list[str]:
    """The catalogue in every shape, searched for and narrowed by every hidden word."""
    shapes = [
        f"{list_address(language)}?view={view}&examples=1&sort={sort}"
        for language in LANGUAGES
        for view, sort in (("cards", "updated"), ("list", "title"), ("table", "budget"))
    ]
    searches = [f"{list_address('sv')}?q={word('find', name)}" for name in names]
    slugs = [word("slug", name) for name in names]
    narrowed = [
        f"{list_address('en')}?{urlencode({key: slugs}, doseq=True)}"
        for key in ("challenge", "driven_by", "partner")
    ]
    return [*shapes, *searches, *narrowed, "/sitemap.xml", "/sitemap.xml?file=1"]


def list_address(language: str) -> str:
    with translation.override(language):
        return reverse("innovation:initiative-list")


def answer(client, address: str) -> bytes:
    """Status, headers and body of what is answered."""
    response = client.get(address)
    # What is never cached says the time of the answer.
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    head = f"{response.status_code} {headers}"
    return head.encode() + b"\n" + body(response)


def found_in(client, addresses: list[str], names: list[str]) -> dict[str, set[str]]:
    """{name of what was seen: the addresses where its canary stands}"""
    seen: dict[str, set[str]] = {}
    for address in addresses:
        said = answer(client, address).decode(errors="replace")
        for name in names:
            if canary(name) in said:
                seen.setdefault(name, set()).add(address)
    return seen


def publish(thing: Hidden) -> None:
    values = {"consent_expires_on": None} if not thing.has_page else {}
    if thing.has_page:
        values = {"visibility": Visibility.PUBLISHED, "published_at": timezone.now()}
    if hasattr(thing.row, "internal"):
        values["internal"] = False
    link(thing.row, **values)


@pytest.fixture
def site():
    for slug in STATUSES:
        make_status(slug)
    return make_full_site()


def test_every_hidden_thing_is_on_no_address(client, site):
    hidden = [*make_hidden(site), *hidden_pictures(site)]
    for thing in hidden:
        if thing.has_page:
            give_old_slug(thing)
    names = [thing.name for thing in hidden] + never_public(site)
    addresses = [*public_addresses(site), *list_addresses(names)]
    addresses += [address for thing in hidden for address in own_addresses(thing)]

    assert found_in(client, addresses, names) == {}


def test_every_hidden_thing_is_seen_once_it_is_public(client, site):
    """The proof that the test above could fail: the same sweep, after publishing."""
    hidden = [*make_hidden(site), *hidden_pictures(site)]
    names = [thing.name for thing in hidden]
    for thing in hidden:
        publish(thing)
    addresses = [*public_addresses(site), *list_addresses(names)]
    addresses += [address for thing in hidden for address in own_addresses(thing)]

    assert sorted(found_in(client, addresses, names)) == sorted(names)


def test_hidden_rows_change_not_a_byte_of_any_page(client, site):
    """No number, order, suggestion or likeness knows of them either."""
    # A hidden parent takes the place of a public one, which would be a change by itself.
    link(site.organisation, parent=None, administration=None)
    addresses = [*public_addresses(site), *list_addresses([])]
    before = {address: answer(client, address) for address in addresses}

    make_hidden(site)
    never_public(site)

    after = {address: answer(client, address) for address in addresses}
    assert [address for address in addresses if after[address] != before[address]] == []


def test_hidden_page_is_gone_if_withdrawn_and_else_unknown(client, site):
    hidden = make_hidden(site)
    expected, answered = {}, {}
    for thing in hidden:
        give_old_slug(thing)
        was_public = thing.row.visibility == WITHDRAWN and not getattr(thing.row, "internal", 0)
        for language in LANGUAGES:
            with translation.override(language):
                pages = [thing.row.get_absolute_url()]
                pages += [pages[0].replace(thing.row.slug, f"{word('slug', thing.name)}-older")]
            for page in pages:
                expected[page] = 410 if was_public else 404
                answered[page] = client.get(page).status_code

    assert answered == expected


@pytest.mark.parametrize("name", ["withdrawn initiative", "withdrawn challenge"])
def test_hidden_page_that_was_on_the_old_site_is_gone(client, site, name):
    thing = next(thing for thing in make_hidden(site) if thing.name == name)
    prefixes = ("/initiativ/", "/en/initiative/")
    if isinstance(thing.row, models.Challenge):
        prefixes = ("/utmaningar/", "/en/challenges/")

    statuses = [client.get(f"{prefix}{thing.row.source_slug}").status_code for prefix in prefixes]

    assert statuses == [410, 410]


def test_hidden_file_is_not_served_until_its_owner_is_public(client, site):
    hidden = [thing for thing in [*make_hidden(site), *hidden_pictures(site)] if thing.files]
    files = [file for thing in hidden for file in thing.files]

    before = {answer(client, file)[:3] for file in files}
    for thing in hidden:
        publish(thing)
    after = {answer(client, file)[:3] for file in files}

    assert (before, after) == ({b"404"}, {b"200"})


def test_every_kind_that_can_be_hidden_is_swept(site):
    """A new model that is published or withdrawn has to join this test."""
    kinds = {model for model in (getattr(models, name) for name in models.__all__)
             if issubclass(model, Publishable)}  # fmt: skip
    swept = {type(thing.row) for thing in make_hidden(site)} | {models.Collection}

    assert swept == kinds


def test_texts_reach_every_kind_of_text():
    made = texts(models.Challenge, "probe")

    assert {"title_sv", "lead_en", "text_sv", "alt_sv", "creator", "source_ref"} <= made.keys()
    assert made["alternative_titles"] == [f"{canary('probe')} {word('find', 'probe')}"]
    assert issubclass(models.Challenge, KeepsOldSlugs)
