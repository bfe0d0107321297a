import pytest
from django.core.files.storage import default_storage

from innovation.choices import Visibility
from innovation.importers.base import Action, plan
from innovation.importers.parts import (
    FundingPart,
    InitiativeDocumentPart,
    InitiativeLinkPart,
    StatusChangePart,
)
from innovation.importers.rows import InitiativeRow, OrganisationRow, SectorRow
from innovation.importers.stated import AttachedFile
from innovation.importers.writing import apply
from innovation.models import ImportReport, Initiative, Organisation, Sector
from tests.builders import make_initiative, make_organisation, make_sector, make_status

pytestmark = pytest.mark.django_db


def run(*rows, **options):
    return apply(plan(rows), source="test", **options)


def bus_row(**fields):
    return InitiativeRow(**({"slug": "lugna-bussen", "title_sv": "Lugna bussen"} | fields))


def bus(**fields):
    return make_initiative(slug="lugna-bussen", title_sv="Lugna bussen", **fields)


# ── What a plan says ──────────────────────────────────────────────────────────
def test_plan_of_a_new_row_creates_it_and_writes_nothing():
    proposed = plan([SectorRow(slug="hamn", name_sv="Hamn")])

    assert [(change.name, change.action) for change in proposed.changes] == [
        ("sector hamn", Action.CREATE)
    ]
    assert Sector.objects.count() == 0


def test_plan_of_a_changed_row_names_the_fields():
    make_sector(slug="hamn", name_sv="Hamn", name_en="Harbour")

    proposed = plan([SectorRow(slug="hamn", name_sv="Hamnen", name_en="Harbour")])

    change = proposed.changes[0]
    assert change.action is Action.UPDATE
    assert [(diff.field, diff.before, diff.after) for diff in change.diffs] == [
        ("name_sv", "Hamn", "Hamnen")
    ]


def test_plan_of_what_is_held_already_changes_nothing():
    status = make_status("pilot")
    bus(status=status, sectors=[make_sector(slug="hamn")])

    proposed = plan([bus_row(status="pilot", sectors=["hamn"], start_year=None)])

    assert proposed.changes[0].action is Action.UNCHANGED


def test_plan_skips_the_second_of_two_with_the_same_slug():
    row = SectorRow(slug="hamn", name_sv="Hamn")

    proposed = plan([row, row])

    assert [change.action for change in proposed.changes] == [Action.CREATE, Action.SKIP]
    assert proposed.problems == ["sector hamn: the source names it twice"]


# ── Values that can't be used ─────────────────────────────────────────────────
def test_broken_link_is_a_problem_and_the_rest_is_written():
    make_status("pilot")

    report = run(bus_row(status="pilot", driven_by="nobody", sectors=["nothing"]))

    initiative = Initiative.objects.get()
    assert report.problems == [
        "initiative lugna-bussen: there is no sector 'nothing'",
        "initiative lugna-bussen: there is no organisation 'nobody'",
    ]
    assert (initiative.title_sv, initiative.driven_by) == ("Lugna bussen", None)


def test_broken_link_leaves_the_one_that_is_held():
    organisation = make_organisation()
    bus(driven_by=organisation)

    run(bus_row(driven_by="nobody"))

    assert Initiative.objects.get().driven_by == organisation


def test_row_without_what_it_needs_is_skipped():
    report = run(bus_row(status="no-such-status"))

    assert report.problems == [
        "initiative lugna-bussen: there is no status 'no-such-status'",
        "initiative lugna-bussen: status: This field cannot be null.",
    ]
    assert report.counts["initiative"]["skipped"] == 1
    assert Initiative.objects.count() == 0


def test_link_to_a_skipped_row_is_broken():
    make_status("pilot")

    report = run(
        OrganisationRow(slug="hamnen", name_sv="Hamnen", kind="no-such-kind"),
        bus_row(status="pilot", driven_by="hamnen"),
    )

    assert report.problems[-1] == "initiative lugna-bussen: there is no organisation 'hamnen'"
    assert Initiative.objects.get().driven_by is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("estimated_budget_sek", -1),
        ("estimated_budget_sek", 10**15),
        ("estimated_budget_sek", "a lot"),
        ("start_year", 22),
        ("starts_on", "2022-02-30"),
        ("video_url", "https://example.org/film"),
        ("title_en", "x" * 201),
    ],
)
def test_value_that_the_model_refuses_is_left_out(field, value):
    make_status("pilot")
    held = getattr(bus(), field)

    report = run(bus_row(**{field: value}))

    assert len(report.problems) == 1
    assert report.problems[0].startswith(f"initiative lugna-bussen: {field}")
    assert getattr(Initiative.objects.get(), field) == held


def test_row_that_breaks_a_constraint_is_skipped():
    make_status("pilot")

    report = run(bus_row(status="pilot", starts_on="2022-06-01", ends_on="2022-05-01"))

    assert report.problems == ["initiative lugna-bussen: It can't end before it starts."]
    assert Initiative.objects.count() == 0


def test_part_that_the_model_refuses_is_left_out():
    make_status("pilot")
    parts = [FundingPart(kind="granted", amount_sek=-1), FundingPart(kind="used", amount_sek=5)]

    report = run(bus_row(status="pilot", funding=parts))

    assert report.problems == [
        "initiative lugna-bussen: fundingentry 1 is left out: "
        "amount_sek: Ensure this value is greater than or equal to 0."
    ]
    assert [entry.amount_sek for entry in Initiative.objects.get().funding.all()] == [5]


# ── What stays ────────────────────────────────────────────────────────────────
def test_what_the_source_does_not_name_stays():
    kept = bus(sectors=[make_sector()])

    run(SectorRow(slug="hamn", name_sv="Hamn"))

    assert Initiative.objects.get() == kept
    assert Sector.objects.count() == 2


def test_field_that_the_source_says_nothing_of_stays():
    bus(lead_sv="Skrivet av en redaktör.")

    run(bus_row(title_en="The calm bus"))

    initiative = Initiative.objects.get()
    assert (initiative.lead_sv, initiative.title_en) == ("Skrivet av en redaktör.", "The calm bus")


def test_withdrawn_row_stays_withdrawn():
    bus(visibility=Visibility.WITHDRAWN)

    run(bus_row(title_en="The calm bus"), visibility=Visibility.PUBLISHED)

    assert Initiative.objects.get().visibility == Visibility.WITHDRAWN


def test_new_row_gets_the_visibility_asked_for():
    make_status("pilot")

    run(bus_row(status="pilot"))
    run(bus_row(slug="snabba-bussen", status="pilot"), visibility=Visibility.PUBLISHED)

    assert dict(Initiative.objects.values_list("slug", "visibility")) == {
        "lugna-bussen": Visibility.DRAFT,
        "snabba-bussen": Visibility.PUBLISHED,
    }


def test_update_raises_the_version_that_editors_compare():
    before = bus().version

    run(bus_row(title_en="The calm bus"))

    assert Initiative.objects.get().version == before + 1


# ── Links and parts ───────────────────────────────────────────────────────────
def test_link_to_a_row_further_down_is_set():
    run(
        OrganisationRow(slug="biblioteket", name_sv="B", kind="city_unit", parent="kulturen"),
        OrganisationRow(slug="kulturen", name_sv="K", kind="administration"),
    )

    assert Organisation.objects.get(slug="biblioteket").parent.slug == "kulturen"


def test_list_of_parts_is_replaced_whole_and_in_order():
    initiative = bus()
    initiative.links.create(title_sv="Gammal", url="https://example.org/old")
    parts = [
        InitiativeLinkPart(title_sv="B", url="https://example.org/b"),
        InitiativeLinkPart(title_sv="A", url="https://example.org/a"),
    ]

    run(bus_row(links=parts))

    assert [link.title_sv for link in initiative.links.all()] == ["B", "A"]
    assert plan([bus_row(links=parts)]).changes[0].action is Action.UNCHANGED


def test_empty_list_of_parts_empties_it():
    initiative = bus()
    initiative.links.create(title_sv="Gammal", url="https://example.org/old")

    run(bus_row(links=[]))

    assert initiative.links.count() == 0


def test_stated_history_is_all_the_history_there_is():
    make_status("idea")
    make_status("pilot")
    history = [StatusChangePart(from_status="idea", to_status="pilot", changed_on="2021-03-01")]
    bus(status=make_status("idea"))

    run(bus_row(status="pilot", status_changes=history))

    change = Initiative.objects.get().status_changes.get()
    assert f"{change.changed_on} {change.from_status.slug} {change.to_status.slug}" == (
        "2021-03-01 idea pilot"
    )


def test_file_is_stored_under_its_name_and_only_once():
    row = bus_row(documents=[document(b"Hej")])
    initiative = bus()

    run(row)

    held = initiative.documents.get().file
    assert (held.name.rsplit("/", 1)[1], held.read()) == ("hej.txt", b"Hej")
    held.close()
    assert plan([row]).changes[0].action is Action.UNCHANGED


def test_file_that_is_gone_from_the_disk_is_stored_again():
    row = bus_row(documents=[document(b"Hej")])
    initiative = bus()
    run(row)
    default_storage.delete(initiative.documents.get().file.name)

    run(row)

    assert default_storage.exists(initiative.documents.get().file.name)


def test_replaced_file_is_taken_from_the_disk(django_capture_on_commit_callbacks):
    initiative = bus()
    run(bus_row(documents=[document(b"Hej")]))
    old = initiative.documents.get().file.name

    with django_capture_on_commit_callbacks(execute=True):
        run(bus_row(documents=[]))

    assert not default_storage.exists(old)


def document(content: bytes):
    return InitiativeDocumentPart(title_sv="Hej", file=AttachedFile("hej.txt", lambda: content))


# ── The report ────────────────────────────────────────────────────────────────
def test_report_says_what_was_changed():
    make_sector(slug="hamn", name_sv="Hamn", name_en="Harbour")

    run(SectorRow(slug="hamn", name_sv="Hamnen"), SectorRow(slug="vatten", name_sv="Vatten"))

    report = ImportReport.objects.get()
    assert report.source == "test"
    assert report.counts == {"sector": {"created": 1, "updated": 1, "unchanged": 0, "skipped": 0}}
    assert report.changes == [
        {"kind": "sector", "slug": "hamn", "field": "name_sv", "before": "Hamn", "after": "Hamnen"}
    ]
    assert report.finished_at >= report.started_at


def test_apply_tells_how_far_it_has_come():
    told = []
    rows = [SectorRow(slug="hamn", name_sv="Hamn"), SectorRow(slug="vatten", name_sv="Vatten")]

    run(*rows, on_progress=lambda *step: told.append(step))

    assert told == [("sector", 1, 2), ("sector", 2, 2)]
