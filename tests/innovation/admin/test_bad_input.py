"""What editors shouldn't have typed or chosen: the table says the answer to each, in a sentence.

A refused form is the same page again (200) with what was typed still in it; nothing is stored.
"""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst

from innovation.models import Initiative
from innovation.models.fields import RICH_TEXT_MAX, RichTextField
from tests.admin_forms import (
    add_row,
    change_url,
    errors_of,
    messages_of,
    open_form,
    read_form,
    save,
)
from tests.builders import make_initiative, picture_file

# Too large for every text; small enough that all of them fit in one request.
TOO_LONG = "å" * 50_000  # 100 kB in UTF-8
EMOJI = "Båt ⛵ och familj 👩‍👩‍👧"
RIGHT_TO_LEFT = "שלום \u202eoimoor\u202c مرحبا"

RICH_FIELDS = [field.name for field in Initiative._meta.fields if isinstance(field, RichTextField)]
PLAIN_FIELDS = [
    field.name
    for field in Initiative._meta.fields
    if isinstance(field, (models.CharField, models.TextField))
    and not isinstance(field, (RichTextField, models.FileField, models.URLField))
    and not field.choices
    and field.editable
    and field.name not in ("slug", "visibility")
]
TEXT_FIELDS = [*PLAIN_FIELDS, *RICH_FIELDS]


def new_row(prefix: str, **fields) -> dict:
    """As "Add another" leaves it: the order is filled in."""
    return add_row(prefix, order="0", **fields)


def stored(row, name):
    return type(row).objects.values_list(name, flat=True).get(pk=row.pk)


# ── Text ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("text", [EMOJI, RIGHT_TO_LEFT], ids=["emoji", "right-to-left"])
def test_text_of_every_script_is_kept_as_typed(moderator, text):
    initiative = make_initiative()

    save(moderator, initiative, **dict.fromkeys(TEXT_FIELDS, text))

    initiative.refresh_from_db()
    assert {getattr(initiative, name) for name in PLAIN_FIELDS} == {text}
    assert {getattr(initiative, name) for name in RICH_FIELDS} == {f"<p>{text}</p>"}


def test_markup_in_a_plain_text_is_words_on_the_page(moderator, client):
    initiative = make_initiative()
    markup = "<script>alert(1)</script><b>&"

    save(moderator, initiative, **dict.fromkeys(PLAIN_FIELDS, markup))

    initiative.refresh_from_db()
    assert {getattr(initiative, name) for name in PLAIN_FIELDS} == {markup}
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("name", RICH_FIELDS)
def test_script_in_a_long_text_is_taken_out_and_told(moderator, name):
    initiative = make_initiative()
    label = capfirst(initiative._meta.get_field(name).verbose_name)

    response = save(
        moderator,
        initiative,
        **{name: '<p onclick="x()">Hej <script>alert(1)</script><b>där</b></p>'},
    )

    assert stored(initiative, name) == "<p>Hej där</p>"
    assert (
        f"Taken out of “{label}”, since it can’t be used there: onclick=…, <script>, <b>"
        in told(moderator, response)
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:alert(1)"]
)
def test_link_that_runs_is_taken_out_and_told(moderator, address):
    initiative = make_initiative()

    response = save(moderator, initiative, what_sv=f'<p><a href="{address}">Läs</a></p>')

    assert "href" not in stored(initiative, "what_sv")
    assert f"Taken out of “What? (Swedish)”, since it can’t be used there: {address}" in told(
        moderator, response
    )


def told(client, response) -> list[str]:
    return messages_of(client.get(response.url))


def test_100_kb_in_every_text_is_refused_field_by_field_and_kept(moderator):
    initiative = make_initiative()

    response = save(moderator, initiative, **dict.fromkeys(TEXT_FIELDS, TOO_LONG))

    errors = errors_of(response)
    assert response.status_code == 200
    assert set(errors) == set(TEXT_FIELDS)
    for name in PLAIN_FIELDS:
        most = initiative._meta.get_field(name).max_length
        assert errors[name] == [too_long(most, len(TOO_LONG))]
    for name in RICH_FIELDS:
        assert errors[name] == [too_long(RICH_TEXT_MAX, len(f"<p>{TOO_LONG}</p>"))]
    assert read_form(response)["lead_sv"] == [TOO_LONG]
    assert stored(initiative, "lead_sv") == "Vi prövar något nytt."


def too_long(most: int, count: int) -> str:
    return f"Ensure this value has at most {most} characters (it has {count})."


def test_null_character_is_refused(moderator):
    response = save(moderator, make_initiative(), title_sv="A\x00B", what_sv="A\x00B")

    sentence = ["Null characters are not allowed."]
    assert errors_of(response) == {"title_sv": sentence, "what_sv": sentence}


# ── Values ────────────────────────────────────────────────────────────────────
NO_FILM = "This is no film at YouTube or Vimeo. Copy the address from the film’s page."
ODD_SLUG = "Use small letters a–z, figures and single hyphens, such as lugna-bussen."
TAKEN_SLUG = "Another page has this address. Choose one that tells them apart."
BELOW_ZERO = "The amount can’t be below 0."
ABOVE_MOST = "The amount is at most a thousand billion kronor (1,000,000,000,000)."
NO_AMOUNT = "Write the amount in whole kronor, with figures only."
ENDS_FIRST = "It can't end before it starts."

REFUSED = [
    ({"video_url": "https://example.org/film"}, {"video_url": [NO_FILM]}),
    ({"video_url": "https://youtu.be/kort"}, {"video_url": [NO_FILM]}),
    ({"video_url": "javascript:alert(1)"}, {"video_url": ["Enter a valid URL."]}),
    ({"estimated_budget_sek": "-1"}, {"estimated_budget_sek": [BELOW_ZERO]}),
    ({"estimated_budget_sek": "1000000000000000"}, {"estimated_budget_sek": [ABOVE_MOST]}),
    ({"estimated_budget_sek": "9" * 400}, {"estimated_budget_sek": [ABOVE_MOST]}),
    ({"estimated_budget_sek": "två miljoner"}, {"estimated_budget_sek": [NO_AMOUNT]}),
    ({"estimated_budget_sek": "1e6"}, {"estimated_budget_sek": [NO_AMOUNT]}),
    ({"slug": "upptagen"}, {"slug": [TAKEN_SLUG]}),
    ({"slug": "Åh nej"}, {"slug": [ODD_SLUG]}),
    ({"slug": "../admin"}, {"slug": [ODD_SLUG]}),
    ({"slug": "två--streck"}, {"slug": [ODD_SLUG]}),
    ({"starts_on": "2022-07-03", "ends_on": "2022-05-30"}, {"": [ENDS_FIRST]}),
    ({"start_year": "2022", "end_year": "2021"}, {"": [ENDS_FIRST]}),
    ({"starts_on": "2022-02-30"}, {"starts_on": ["Enter a valid date."]}),
    (
        {"progress_percent": "101"},
        {"progress_percent": ["Ensure this value is less than or equal to 100."]},
    ),
    (
        {"latitude": "56.04"},
        {"": ["A position has both a latitude and a longitude."]},
    ),
    (
        {"latitude": "nan", "longitude": "12.7"},
        {"latitude": ["Enter a number."]},
    ),
    (
        {"title_sv": "", "title_en": " "},
        {"title_sv": ["Give it a title in at least one language."]},
    ),
    ({"status": ""}, {"status": ["This field is required."]}),
    (
        {"status": "99999"},
        {"status": ["Select a valid choice. That choice is not one of the available choices."]},
    ),
]


@pytest.mark.parametrize(
    ("typed", "sentences"),
    REFUSED,
    ids=["-".join(f"{name}={value[:20]}" for name, value in typed.items()) for typed, _ in REFUSED],
)
def test_value_is_refused_with_a_sentence_and_stays_in_the_form(moderator, typed, sentences):
    make_initiative(slug="upptagen")
    initiative = make_initiative()
    before = Initiative.objects.values().get(pk=initiative.pk)

    response = save(moderator, initiative, **typed)

    assert response.status_code == 200
    assert errors_of(response) == sentences
    form = read_form(response)
    assert {name: form.get(name, [""])[0] for name in typed} == shown(typed)
    assert Initiative.objects.values().get(pk=initiative.pk) == before


def shown(typed) -> dict[str, str]:
    """What stands in the form after `typed`: a choice that isn't one can't be shown."""
    return {name: "" if name == "status" else value for name, value in typed.items()}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("250 000", 250_000),
        ("250\u00a0000\u202f000 kr", 250_000_000),
        ("1000000000000", 10**12),
        ("", None),
    ],
)
def test_budget_is_understood_as_people_write_it(moderator, typed, amount):
    initiative = make_initiative(estimated_budget_sek=7)

    save(moderator, initiative, estimated_budget_sek=typed)

    assert stored(initiative, "estimated_budget_sek") == amount


def test_empty_address_is_made_from_the_title_and_never_taken(moderator):
    make_initiative(slug="livboj")
    initiative = make_initiative(visibility="draft")
    form = open_form(moderator, initiative)
    address = reverse("admin:innovation_initiative_add")

    for title in ("Livboj", "Livboj", "船"):
        answers = {"title_sv": title, "title_en": "", "slug": "", "version": "", "_save": "1"}
        moderator.post(address, {**_without_rows(form), **answers})

    made = Initiative.objects.exclude(pk=initiative.pk).order_by("pk")
    assert list(made.values_list("slug", flat=True)) == [
        "livboj",
        "livboj-2",
        "livboj-3",
        "initiative",
    ]


def _without_rows(form) -> dict:
    return {
        name: ["0"] if name.endswith("_FORMS") and "MAX" not in name else values
        for name, values in form.items()
        if "-0-" not in name
    }


# ── Rows below ────────────────────────────────────────────────────────────────
ROWS = [
    ("funding", {"kind": "granted", "amount_sek": "-1"}, {"funding-0-amount_sek": [BELOW_ZERO]}),
    (
        "funding",
        {"kind": "granted", "amount_sek": "1000000000000000"},
        {"funding-0-amount_sek": [ABOVE_MOST]},
    ),
    (
        "links",
        {"title_sv": "Läs mer", "url": "javascript:alert(1)"},
        {"links-0-url": ["Enter a valid URL."]},
    ),
    (
        "contacts",
        {"function_sv": "Projektledare", "email": "ingen adress"},
        {"contacts-0-email": ["Enter a valid email address."]},
    ),
    (
        "impact_targets",
        {"goal_sv": "å" * 401},
        {
            "impact_targets-0-goal_sv": [
                "Ensure this value has at most 400 characters (it has 401)."
            ]
        },
    ),
]


@pytest.mark.parametrize(
    ("prefix", "typed", "sentences"),
    ROWS,
    ids=[f"{prefix}-{list(typed.values())[-1][:20]}" for prefix, typed, _ in ROWS],
)
def test_row_is_refused_with_a_sentence_and_stays_in_the_form(moderator, prefix, typed, sentences):
    initiative = make_initiative()

    response = save(moderator, initiative, **new_row(prefix, **typed))

    assert response.status_code == 200
    assert errors_of(response) == sentences
    form = read_form(response)
    assert {name: form[f"{prefix}-0-{name}"][0] for name in typed} == typed
    assert getattr(initiative, prefix).count() == 0


# ── Uploads ───────────────────────────────────────────────────────────────────
def other_content(name: str) -> str:
    return f"The file is called “{name}”, but its content is something else. Save it again."


NO_PICTURE = (
    "Upload a valid image. The file you uploaded was either not an image or a corrupted image."
)
WRONG_KIND = "Pictures are JPEG, PNG or WebP. Save it as one of them."
EMPTY = "The submitted file is empty."
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"


def archive() -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as file:
        file.writestr("virus.exe", PROGRAM)
    return data.getvalue()


DOCUMENTS = [
    ("rapport.pdf", PROGRAM, other_content("rapport.pdf")),
    ("rapport.pdf", PAGE, other_content("rapport.pdf")),
    ("rapport.docx", archive(), other_content("rapport.docx")),
    ("läs.txt", PAGE, other_content("läs.txt")),
    ("rapport.exe", PROGRAM, "Files that end with “.exe” can't be uploaded. Save it as a PDF."),
    ("sida.html", PAGE, "Files that end with “.html” can't be uploaded. Save it as a PDF."),
    ("bild.svg", DRAWING, "Files that end with “.svg” can't be uploaded. Save it as a PDF."),
    ("rapport.pdf", b"", EMPTY),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), DOCUMENTS, ids=[f"{row[0]}-{row[1][:6]}" for row in DOCUMENTS]
)
def test_document_that_is_not_what_it_says_is_refused(moderator, name, content, sentence):
    initiative = make_initiative()
    upload = SimpleUploadedFile(name, content)

    response = save(moderator, initiative, **new_row("documents", title_sv="R", file=upload))

    assert errors_of(response) == {"documents-0-file": [sentence]}
    assert initiative.documents.count() == 0


PICTURES = [
    ("kaj.png", DRAWING, NO_PICTURE),
    ("kaj.png", PAGE, NO_PICTURE),
    ("kaj.jpg", PROGRAM, NO_PICTURE),
    ("kaj.png", picture_file(size=(400, 300)).read()[:-40], NO_PICTURE),
    ("kaj.gif", picture_file(kind="GIF").read(), WRONG_KIND),
    ("kaj.png", b"", EMPTY),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "sentence"), PICTURES, ids=[f"{row[0]}-{row[1][:6]}" for row in PICTURES]
)
def test_picture_that_is_not_what_it_says_is_refused(moderator, name, content, sentence):
    initiative = make_initiative()

    response = save(
        moderator,
        initiative,
        cover_photo=SimpleUploadedFile(name, content),
        **new_row("gallery", picture=SimpleUploadedFile(name, content)),
    )

    assert errors_of(response) == {"cover_photo": [sentence], "gallery-0-picture": [sentence]}
    assert initiative.gallery.count() == 0
    assert stored(initiative, "cover_photo") == ""


def test_huge_upload_is_refused(moderator, settings):
    settings.UPLOAD_MAX_BYTES = 1024
    initiative = make_initiative()
    upload = SimpleUploadedFile("rapport.pdf", b"%PDF-1.7\n" + b"0" * 2048)

    response = save(moderator, initiative, **new_row("documents", title_sv="R", file=upload))

    assert errors_of(response) == {
        "documents-0-file": ["The file is 2.0\xa0KB. At most 1.0\xa0KB can be uploaded."]
    }


def test_real_document_and_picture_are_stored_without_their_path(moderator):
    initiative = make_initiative()
    document = SimpleUploadedFile("../../etc/Årsrapport.PDF", b"%PDF-1.7\n")

    save(
        moderator,
        initiative,
        cover_photo=picture_file(),
        **new_row("documents", title_sv="Rapport", file=document),
    )

    initiative.refresh_from_db()
    kept = initiative.documents.get().file.name.split("/")
    assert (kept[0], len(kept), kept[-1]) == ("documents", 3, "Årsrapport.pdf")
    assert (initiative.cover_width, initiative.cover_height) == (64, 48)


# ── Addresses of the admin ────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/innovation/initiative/?q=%27%22%3Cscript%3E%F0%9F%9B%B6", 200),
        ("/admin/innovation/initiative/?todo=nonsense&missing=%00&concluded=%22", 200),
        ("/admin/innovation/initiative/?nonsense=1", 302),
        ("/admin/innovation/initiative/?status__id__exact=abc", 200),
        ("/admin/innovation/initiative/?p=99999999", 200),
        ("/admin/innovation/initiative/99999/change/", 302),
        ("/admin/innovation/initiative/abc/change/", 302),
        ("/admin/innovation/initiative/99999/preview/", 404),
        ("/admin/innovation/initiative/abc/preview/", 404),
        ("/admin/nonsense/", 404),
    ],
)
def test_odd_address_has_an_answer(moderator, db, address, status):
    assert moderator.get(address).status_code == status


def test_form_without_its_rows_is_refused_and_not_an_error(moderator):
    initiative = make_initiative(title_sv="Före")

    response = moderator.post(change_url(initiative), {"title_sv": "Efter"})

    assert response.status_code == 200
    assert stored(initiative, "title_sv") == "Före"
