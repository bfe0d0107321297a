"""The programme on paper: tagged, in its language, one A4 a day."""

from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from expo.choices import OccasionStatus
from expo.pdf import programme_pdf
from expo.views.programme_page import page_of
from tests.expo.builders import at, make_event, make_occasion, make_programme, make_venue

pytestmark = pytest.mark.django_db


def opened(programme, language="sv", *, is_own=True) -> pikepdf.Pdf:
    with translation.override(language):
        return pikepdf.open(BytesIO(programme_pdf(page_of(programme, is_own=is_own))))


def two_days():
    """Two things on one day and one on another, the first of them cancelled."""
    event = make_event(title_sv="Båtbygget", title_en="Boats")
    return make_programme(
        name="Lördag",
        occasions=[
            make_occasion(event=event, status=OccasionStatus.CANCELLED, reason_sv="Storm"),
            make_occasion(event=event, starts_at=at("2022-06-01 14:00")),
            make_occasion(event=event, starts_at=at("2022-06-02 14:00")),
        ],
    )


def tags_of(pdf) -> Counter:
    found = Counter()

    def count(node):
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found[str(node.S)] += 1
            children = node.get("/K", [])
            for child in children if isinstance(children, pikepdf.Array) else [children]:
                count(child)

    count(pdf.Root.StructTreeRoot)
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_file_says_its_language_title_and_standard(language):
    pdf = opened(two_days(), language)

    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Lördag, ")
    assert str(pdf.Root.Lang) == language
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_each_day_is_a_heading_a_table_with_headers_and_one_a4():
    pdf = opened(two_days())

    tags = tags_of(pdf)
    assert [[float(edge) for edge in page.MediaBox][2:] for page in pdf.pages] == [
        [pytest.approx(595.28, abs=0.1), pytest.approx(841.89, abs=0.1)]
    ] * 2
    assert (tags["/H1"], tags["/Table"], tags["/TH"]) == (2, 3, 9)


def test_forty_things_in_a_day_can_be_printed():
    event = make_event()
    occasions = [
        make_occasion(event=event, starts_at=at(f"2022-06-01 {8 + n // 4:02}:{n % 4 * 15:02}"))
        for n in range(40)
    ]

    pdf = opened(make_programme(occasions=occasions))

    assert tags_of(pdf)["/TR"] > 40


def test_empty_programme_is_a_page_that_says_so():
    pdf = opened(make_programme())

    assert len(pdf.pages) == 1


def test_what_is_written_is_never_taken_for_layout():
    name = '#panic("x") = *rubrik* $x$ @y <z> \\ // /* "'
    occasion = make_occasion(
        event=make_event(title_sv=name, title_en=name), venue=make_venue(name_sv=name)
    )
    programme = make_programme(occasions=[occasion], name="#eval(1)")
    programme.items.update(note='#read("programme.py")')

    pdf = opened(programme)

    assert tags_of(pdf)["/H1"] == 1


def drawn(programme, *, is_own: bool) -> bytes:
    with opened(programme, is_own=is_own) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_notes_are_for_the_owner_alone():
    programme = make_programme(occasions=[make_occasion()])
    bare = drawn(programme, is_own=True)
    programme.items.update(note="Portkoden är 1234")

    assert drawn(programme, is_own=True) != bare
    assert drawn(programme, is_own=False) == bare
