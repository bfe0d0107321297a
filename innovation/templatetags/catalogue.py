"""What the catalogue's templates say over and over: icons, texts, money, steps, addresses."""

from decimal import Decimal
from urllib.parse import urlencode, urlsplit

from django import template
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from innovation import pictured, richtext, shells, sources, steps
from innovation.hyphenation import soften
from innovation.models.fields import LocalText, reader_language
from innovation.query_keys import query_of

register = template.Library()


@register.simple_tag
def hole(*name: str):
    """A place that each request fills, in a template that is rendered once: see shells.py.

    The parts of a name are joined: `{% hole "options" group.key %}` is "options_sector".
    """
    return shells.hole("_".join(name))


@register.simple_tag
def icon(name: str):
    """An icon of the sprite; the words beside it say what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" width="24" height="24">'
        '<use href="{}#icon-{}"></use></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def text(value):
    """A text in the reader's language, marked with its own when it is a fallback."""
    if isinstance(value, LocalText) and value and value.is_fallback:
        return format_html('<span lang="{}">{}</span>', value.lang, value)
    return value


@register.simple_tag
def heading(value):
    """Like `text`, with soft hyphens in long words: for large type."""
    soft = soften(str(value), getattr(value, "lang", reader_language()))
    if getattr(value, "is_fallback", False) and value:
        return format_html('<span lang="{}">{}</span>', value.lang, soft)
    return soft


@register.inclusion_tag("innovation/_rich_text.html")
def rich_text(value, under=2):
    """Stored HTML (cleaned by RichTextField), with a label when it is in the other language.

    under: the level of the heading that the text stands below.
    """
    return {
        "html": mark_safe(richtext.with_headings_under(value, under)),
        "lang": getattr(value, "lang", reader_language()),
        "is_fallback": getattr(value, "is_fallback", False) and bool(value),
    }


@register.inclusion_tag("innovation/_fallback_note.html")
def fallback_note(*values):
    """Says once that a text stands only in the other language."""
    return {"is_fallback": any(getattr(v, "is_fallback", False) and bool(v) for v in values)}


@register.filter
def money(amount: int) -> str:
    """1503240 as “1 503 240 kr” or “SEK 1,503,240”."""
    number = number_format(amount, force_grouping=True)
    return f"SEK\xa0{number}" if reader_language() == "en" else f"{number}\xa0kr"


@register.filter
def figure(value: Decimal) -> str:
    """1.50 as “1,5” and 30000 as “30 000”."""
    normal = value.normalize()
    places = max(0, -normal.as_tuple().exponent)
    return number_format(value, decimal_pos=places, force_grouping=True)


@register.inclusion_tag("innovation/_status_band.html")
def status_band(initiative):
    """The four steps in small, and the status in words."""
    return {
        "initiative": initiative,
        "steps": steps.of(initiative),
        "is_concluded": initiative.is_inferred("status"),
    }


@register.inclusion_tag("innovation/_status_steps.html")
def status_steps(initiative):
    """The four steps with their names."""
    return {"initiative": initiative, "steps": steps.of(initiative)}


@register.simple_tag
def list_url(key: str, slug: str):
    """The catalogue narrowed to one value: what a number on a page links to."""
    return f"{reverse('innovation:initiative-list')}?{urlencode({key: slug})}"


@register.simple_tag(takes_context=True)
def in_language(context, language: str) -> str:
    """The address of this same page in `language`, with its filters; its start page when the
    page is an error. A page that is made without its request says its addresses (`twins`)."""
    if twins := context.get("twins"):
        return twins[language]
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    with translation.override(language):
        try:
            if match is None or "error_status" in context:
                return reverse("innovation:start")
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return reverse("innovation:start")
    query = _query_of(request)
    return f"{url}?{query}" if query else url


@register.simple_tag(takes_context=True)
def nav_current(context, *names: str):
    """`aria-current` for the link whose page, or whose part of the site, this is. A page that is
    made without its request says its name (`page_name`)."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = match.url_name if match else context.get("page_name", "")
    if name == names[0]:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if name in names[1:] else ""


@register.simple_tag
def years(initiative) -> str:
    """“2021–2023”, “from 2020”, “2021”, or nothing."""
    start, end = initiative.start_year, initiative.end_year
    if start and end:
        return str(start) if start == end else f"{start}–{end}"
    if start:
        return _("from %(year)s") % {"year": start}
    return _("until %(year)s") % {"year": end} if end else ""


@register.simple_tag
def cover(row, size: str):
    """The picture of a row: its photograph when an editor has added one, else its drawing."""
    return photo_or_drawing(row, pictured.drawing_of(row, size), size)


def photo_or_drawing(row, drawing: str, size: str):
    """drawing: the address of what is shown where `row` has no photograph."""
    width, height = pictured.SIZES[size]
    photo = pictured.photo_of(row)
    loading = "eager" if size == "wide" else "lazy"
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async"{}>',
        photo.url if photo else drawing,
        (reader_language() == "en" and row.alt_en or row.alt_sv) if photo else "",
        width,
        height,
        loading,
        format_html(' data-position="{}-{}"', row.position_x, row.position_y) if photo else "",
    )


@register.simple_tag
def drawing(row, size: str):
    """The drawing of a row that never has a photograph."""
    return drawn(pictured.drawing_of(row, size), size, "eager")


@register.simple_tag
def cover_of_site(size: str):
    return drawn(pictured.drawing_of_site(size), size, "eager")


@register.simple_tag
def cover_of_status(status):
    return drawn(pictured.drawing_of_status(status), "square", "lazy")


@register.simple_tag
def cover_of_error(error_status: int, size: str):
    return drawn(pictured.drawing_of_error(error_status, size), size, "eager")


def drawn(address: str, size: str, loading: str):
    width, height = pictured.SIZES[size]
    return format_html(
        '<img src="{}" alt="" width="{}" height="{}" loading="{}" decoding="async">',
        address,
        width,
        height,
        loading,
    )


@register.simple_tag
def concluded(row, field: str):
    """The mark of a value that no source states."""
    return concluded_mark() if row.is_inferred(field) else ""


@register.simple_tag
def concluded_mark():
    return format_html('<a class="concluded" href="#about-data">{}</a>', _("concluded by us"))


@register.simple_tag
def concluded_fields(row) -> list[str]:
    """The names, as a reader knows them, of the fields whose values were concluded."""
    return sources.names_of(row.inferred_fields)


@register.simple_tag
def named(row):
    """A term or organisation by its name; a Global Goal with its number."""
    number = getattr(row, "number", None)
    name = text(row.title if hasattr(row, "title") and not hasattr(row, "name") else row.name)
    return format_html("{}. {}", number, name) if number else name


@register.simple_tag
def file_note(file) -> str:
    """“PDF, 120 kB”; only the kind when the file can't be read."""
    kind = file.name.rsplit(".", 1)[-1].upper()
    try:
        return f"{kind}, {filesizeformat(file.size)}"
    except OSError:
        return kind


@register.simple_tag
def organisation_numbers(organisation) -> str:
    """ "drives 3, takes part in 1", from the annotations of the organisation list."""
    parts = []
    if organisation.drives:
        parts.append(_("drives %(n)d") % {"n": organisation.drives})
    if organisation.joins:
        parts.append(_("takes part in %(n)d") % {"n": organisation.joins})
    if organisation.supports:
        parts.append(_("partner of %(n)d") % {"n": organisation.supports})
    return ", ".join(parts)


@register.simple_tag(takes_context=True)
def canonical_path(context) -> str:
    """The address of this page without what doesn't change its content."""
    if path := context.get("canonical"):
        return path
    request = context["request"]
    query = _query_of(request)
    return f"{request.path}?{query}" if query else request.path


def _query_of(request) -> str:
    """What the page reads of its address; also where nothing in front of Django has seen to it."""
    return query_of(request.path_info, request.META.get("QUERY_STRING", ""))


@register.filter(name="in")
def is_in(value, values) -> bool:
    return value in values


@register.filter
def unlocalised(value) -> str:
    """A number for an SVG attribute: a full stop in every language."""
    return str(value)


@register.filter
def short_url(url: str) -> str:
    """ "h22.se/om" of "https://www.h22.se/om/"."""
    parts = urlsplit(url)
    host = (parts.hostname or url).removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"
