"""The editors' desk in a browser: readable for everyone, and its own scripts at work."""

import pytest
from django.urls import reverse

from innovation.models import Initiative
from tests.browser import axe
from tests.browser.served import HOST, ServedSite
from tests.builders import (
    PASSWORD,
    make_category,
    make_challenge,
    make_contact,
    make_impact_target,
    make_initiative,
    make_status,
    make_user,
)
from tests.expo.builders import make_occasion

pytestmark = pytest.mark.django_db

CHANGELIST = "/admin/innovation/initiative/"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 720}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Lists of many columns may scroll inside their own frame; the page may not.
TOO_WIDE_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

OPEN_ALL = "document.querySelectorAll('details').forEach((part) => (part.open = true))"


@pytest.fixture
def faults(browser_log):
    """A function: what axe finds on the page that is open, by the way it is looked at."""

    def look(page) -> dict[str, list[str]]:
        said = list(browser_log.console)
        page.emulate_media(reduced_motion="reduce", color_scheme="light")
        found = {"wide": axe.violations(page)}
        page.emulate_media(color_scheme="dark")
        found["wide, dark"] = axe.violations(page, rules=COLOUR_RULES)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        found["phone"] = axe.violations(page)
        found["phone, sideways"] = [str(page.evaluate(TOO_WIDE_BY))]
        page.set_viewport_size(WIDE)
        # Axe copies style sheets into the page, which its policy refuses with a message.
        browser_log.console[:] = said
        return {name: lines for name, lines in found.items() if lines not in ([], ["0"])}

    return look


@pytest.fixture
def initiative(db):
    """A draft with something left to do, and with rows below it."""
    row = make_initiative(
        visibility="draft",
        title_sv="Livboj",
        title_en="",
        what_sv="<p>En boj.</p>",
        category=make_category(),
        challenge=make_challenge(),
        inferred_fields=["category"],
    )
    make_contact(row)
    make_impact_target(row)
    return row


# ── Axe ───────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", ["login/", "password_reset/", "password_reset/sent/"])
def test_page_for_those_not_signed_in_has_no_fault(looked_at, path, faults):
    ServedSite(looked_at)

    looked_at.goto(f"{HOST}/admin/{path}")

    assert faults(looked_at) == {}


@pytest.mark.parametrize("name", ["", "changelist", "add", "change", "history", "delete"])
def test_page_of_the_desk_has_no_fault(looked_at, initiative, name, faults):
    ServedSite(looked_at).client.force_login(make_user("administrator"))
    arguments = [initiative.pk] if name in ("change", "history", "delete") else []
    address = f"admin:innovation_initiative_{name}" if name else "admin:index"

    looked_at.goto(HOST + reverse(address, args=arguments))
    if name in ("add", "change"):
        looked_at.evaluate(OPEN_ALL)

    assert faults(looked_at) == {}


@pytest.mark.parametrize("name", ["event_changelist", "event_add", "occasion_changelist"])
def test_page_of_the_programme_has_no_fault(looked_at, name, faults):
    make_occasion(capacity=20)
    ServedSite(looked_at).client.force_login(make_user("administrator"))

    looked_at.goto(HOST + reverse(f"admin:expo_{name}"))
    looked_at.evaluate(OPEN_ALL)

    assert faults(looked_at) == {}


@pytest.mark.parametrize(
    "name",
    [
        "event_change",
        "occasion_change",
        "occasion_move",
        "occasion_cancel",
        "occasion_copy",
    ],
)
def test_page_of_one_occasion_has_no_fault(looked_at, name, faults):
    occasion = make_occasion(capacity=20)
    ServedSite(looked_at).client.force_login(make_user("administrator"))
    key = occasion.event_id if name.startswith("event") else occasion.pk

    looked_at.goto(HOST + reverse(f"admin:expo_{name}", args=[key]))
    looked_at.evaluate(OPEN_ALL)

    assert faults(looked_at) == {}


def test_open_filter_has_no_fault(looked_at, initiative, faults):
    ServedSite(looked_at).client.force_login(make_user("administrator"))

    looked_at.goto(f"{HOST}{CHANGELIST}?todo=untranslated")
    looked_at.locator("#changelist-filter summary").first.click()

    assert looked_at.locator("#changelist-filter summary strong").first.inner_text() != ""
    assert faults(looked_at) == {}


# ── What the scripts and the server do together ───────────────────────────────
@pytest.fixture
def desk(page, live_server):
    """Signs in through the form and gives the address of the desk."""
    user = make_user("moderator")
    page.goto(f"{live_server}/admin/")
    page.fill("#id_username", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"{live_server}/admin/")
    return f"{live_server}/admin"


@pytest.fixture
def form_page(page, desk, initiative):
    page.goto(f"{desk}/innovation/initiative/{initiative.pk}/change/")
    return page


def test_text_typed_with_the_buttons_is_saved_as_clean_html(form_page, initiative):
    editor = form_page.locator("#id_how_sv").locator("xpath=..").locator("[data-rich-editor]")

    editor.click()
    form_page.keyboard.press("Control+b")
    form_page.keyboard.type("Först")
    form_page.keyboard.press("Control+b")
    form_page.keyboard.type(" så")
    form_page.keyboard.press("Enter")
    form_page.keyboard.type("Sedan <script>")
    form_page.click("[name=_continue]")
    form_page.wait_for_selector(".messagelist .success")

    initiative.refresh_from_db()
    assert initiative.how_sv == ("<p><strong>Först</strong> så</p><p>Sedan &lt;script&gt;</p>")
    assert initiative.what_sv == "<p>En boj.</p>"


def test_form_that_is_refused_has_no_fault_and_keeps_what_was_typed(form_page, faults):
    form_page.fill("#id_estimated_budget_sek", "-1")
    form_page.fill("#id_lead_sv", "Ny ingress")

    form_page.click("[name=_save]")
    form_page.wait_for_selector(".errornote")

    assert form_page.input_value("#id_lead_sv") == "Ny ingress"
    assert form_page.input_value("#id_estimated_budget_sek") == "-1"
    assert faults(form_page) == {}


def test_second_editor_is_told_keeps_the_text_and_can_save_again(form_page, initiative, faults):
    Initiative.objects.filter(pk=initiative.pk).update(lead_sv="Den andras", version=2)
    form_page.fill("#id_lead_sv", "Den enas")

    form_page.click("[name=_save]")
    form_page.wait_for_selector(".conflict")
    kept = form_page.input_value("#id_lead_sv")
    theirs = form_page.locator(".conflict dd").all_inner_texts()
    stored = Initiative.objects.get(pk=initiative.pk).lead_sv
    found = faults(form_page)
    form_page.click("[name=_save]")
    form_page.wait_for_selector(".messagelist .success")

    assert (kept, theirs, stored) == ("Den enas", ["Den andras"], "Den andras")
    assert Initiative.objects.get(pk=initiative.pk).lead_sv == "Den enas"
    assert found == {}


def test_bulk_deed_asks_first_and_then_does_it(page, desk, initiative, faults):
    other = make_initiative(visibility="draft", status=make_status("cancelled"))
    page.goto(f"{desk}/innovation/initiative/")

    page.check("#action-toggle")
    page.select_option("select[name=action]", "publish_selected")
    page.click("button[name=index]")
    page.wait_for_selector("[name=confirmed]", state="attached")
    before = set(Initiative.objects.values_list("visibility", flat=True))
    found = faults(page)
    page.click(".submit-row [type=submit]")
    page.wait_for_selector(".messagelist .success")

    assert before == {"draft"}
    assert dict(Initiative.objects.values_list("pk", "visibility")) == {
        initiative.pk: "published",
        other.pk: "draft",
    }
    assert found == {}


def test_link_to_what_is_left_leads_into_the_editor(page, desk):
    row = make_initiative(status=make_status("cancelled"))
    page.goto(f"{desk}/innovation/initiative/{row.pk}/change/")

    page.click('.remaining a[href="#id_lessons_learned_sv"]')

    focused = page.evaluate("document.activeElement.getAttribute('aria-labelledby')")
    assert focused == "id_lessons_learned_sv_label"


def test_autocomplete_has_the_name_of_its_field_and_finds(form_page, initiative):
    wanted = make_challenge(title_sv="Hur kan vi seckla?")

    form_page.get_by_role("combobox", name="Utmaning").click()
    form_page.keyboard.type("seckla")
    form_page.get_by_role("option", name="Hur kan vi seckla?").click()
    form_page.click("[name=_continue]")
    form_page.wait_for_selector(".messagelist .success")

    initiative.refresh_from_db()
    assert initiative.challenge == wanted
