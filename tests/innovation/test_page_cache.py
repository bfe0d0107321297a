"""What is kept of public pages, for whom and how long: asked of the whole WSGI application."""

from functools import partial
from itertools import count

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from config import urls
from innovation import changes, page_cache
from innovation.models import Initiative
from innovation.page_cache import Shelf
from innovation.query_keys import reads
from tests.builders import make_initiative, make_user
from tests.visitor import ask, environ_of, wsgi

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.innovation.test_page_cache")]

LIST = "/sv/initiativ/"


# ── Pages made for these tests ────────────────────────────────────────────────
numbers = count(1)


def with_header(name: str, value: str):
    return lambda request: HttpResponse("x", headers={name: value})


def with_cookie(request):
    response = HttpResponse("x")
    response.set_cookie("theme", "dark")
    return response


def changed_meanwhile(request):
    changes._add_line(b"*\n")  # as another process does
    return HttpResponse("x")


KINDS = {
    "numbered": lambda request: HttpResponse(f"{next(numbers)} {request.GET.urlencode()}" * 20),
    "where": lambda request: HttpResponse(f"{request.scheme}://{request.get_host()}"),
    "who": lambda request: HttpResponse(f"{request.user}"),
    "json": lambda request: HttpResponse("{}", content_type="application/json"),
    "vary encoding": with_header("Vary", "Accept-Encoding, HX-Target"),
    "changed meanwhile": changed_meanwhile,
    # What may not be kept.
    "cookie": with_cookie,
    "token": lambda request: HttpResponse(get_token(request)),
    "vary cookie": with_header("Vary", "Accept-Encoding, Cookie"),
    "vary language": with_header("Vary", "Accept-Language"),
    "private": with_header("Cache-Control", "private"),
    "no-store": with_header("Cache-Control", "max-age=0, No-Store"),
    "no-cache": with_header("Cache-Control", "no-cache"),
    "missing": lambda request: HttpResponse("x", status=404),
    "gone": lambda request: HttpResponse("x", status=410),
    "error": lambda request: HttpResponse("x", status=500),
    "unavailable": lambda request: HttpResponse("x", status=503),
    "redirect": lambda request: HttpResponseRedirect("/sv/"),
    "file": lambda request: HttpResponse("x", content_type="text/csv"),
    "stream": lambda request: StreamingHttpResponse(iter([b"x", b"y"])),
    "large": lambda request: HttpResponse("x" * (page_cache.MAX_PAGE_BYTES + 1)),
}
NOT_KEPT = list(KINDS)[list(KINDS).index("cookie") :]
urlpatterns = [
    *i18n_patterns(
        path("made/<str:kind>/", reads("q", "sector")(lambda request, kind: KINDS[kind](request)))
    ),
    *urls.urlpatterns,
]


def made(kind: str, query: str = "") -> str:
    return f"/sv/made/{kind.replace(' ', '%20')}/{query}"


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The paths that Django was asked for; at first nothing is kept."""
    paths, django = [], wsgi.application.application

    def counting(environ, start_response):
        paths.append(environ["PATH_INFO"])
        return django(environ, start_response)

    monkeypatch.setattr(wsgi.application, "application", counting)
    monkeypatch.setattr(wsgi.application, "pages", Shelf(4_000_000))
    return paths


visit = partial(ask, wsgi.application)


# ── Kept ──────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", ["numbered", "json", "vary encoding"])
def test_page_is_made_once(kind, asked):
    first, second = visit(made(kind)), visit(made(kind))

    assert first == second
    assert first.status == 200
    assert len(asked) == 1


def test_kept_page_sends_no_statement(asked, django_assert_num_queries):
    initiative = make_initiative()
    pages = [LIST, f"{LIST}?q={initiative.slug}", f"{LIST}{initiative.slug}/", "/sv/"]
    first = [visit(page) for page in pages]
    del asked[:]

    with django_assert_num_queries(0):
        second = [visit(page) for page in pages]

    assert asked == []
    assert second == first
    assert {answer.status for answer in second} == {200}


@pytest.mark.django_db(transaction=True)
def test_kept_page_is_made_anew_after_a_change(asked):
    initiative = make_initiative(title_sv="Lugna bussen")
    before = visit(LIST)
    Initiative.objects.filter(pk=initiative.pk).update(title_sv="Tysta bussen")

    after = visit(LIST)

    assert "Lugna bussen" in before.text
    assert "Tysta bussen" in after.text
    assert before.headers["etag"] != after.headers["etag"]


def test_page_that_was_made_while_the_content_changed_is_not_kept(asked):
    visit(made("changed meanwhile"))
    visit(made("changed meanwhile"))

    assert len(asked) == 2


def test_page_is_kept_for_some_minutes_alone(asked, monkeypatch):
    first, second = visit(made("numbered")), visit(made("numbered"))
    monkeypatch.setattr(page_cache, "MOST_SECONDS", -1)

    third = visit(made("numbered"))

    assert first.text == second.text != third.text


def test_kept_page_says_who_may_keep_it_and_what_it_depends_on(asked):
    headers = visit(LIST).headers

    assert headers["cache-control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert headers["vary"] == "Accept-Encoding, Cookie, HX-Target"
    assert "set-cookie" not in headers
    assert "content-security-policy" in headers


# ── 304 and HEAD ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", {}', 'W/"a",W/{}'])
def test_same_page_is_not_sent_again(tag, asked):
    page = visit(LIST, Accept_Encoding="br")
    tag = tag.format(page.headers["etag"])

    answer = visit(LIST, Accept_Encoding="br", If_None_Match=tag)

    assert (answer.status, answer.sent) == (304, b"")
    assert answer.headers.keys() == {"etag", "vary", "cache-control"}
    assert answer.headers.items() <= page.headers.items()
    assert len(asked) == 1


def test_page_that_nobody_keeps_here_is_not_sent_again_either(asked):
    tag = visit(LIST).headers["etag"]
    wsgi.application.pages = Shelf(4_000_000)

    assert visit(LIST, If_None_Match=tag).status == 304


@pytest.mark.parametrize("tag", ['"other"', "", "etag", '""'])
def test_another_tag_gets_the_whole_page(tag, asked):
    page = visit(LIST)

    assert visit(LIST, If_None_Match=tag) == page


def test_tag_of_another_encoding_gets_the_whole_page(asked):
    tag = visit(LIST, Accept_Encoding="gzip").headers["etag"]

    assert visit(LIST, Accept_Encoding="br", If_None_Match=tag).status == 200


@pytest.mark.parametrize("kind", ["numbered", "no-store"])
def test_head_says_what_get_would_send(kind, asked):
    head = visit(made(kind), "HEAD")
    page = visit(made(kind))

    assert head.sent == b""
    assert (head.status, head.headers.keys()) == (page.status, page.headers.keys())


def test_head_keeps_the_page_for_get(asked):
    head = visit(made("numbered"), "HEAD")
    page = visit(made("numbered"))

    assert head.headers == page.headers
    assert len(asked) == 1


def test_post_is_left_to_django(asked):
    visit(made("numbered"))

    assert visit(made("numbered"), "POST").status == 403  # it has no token
    assert len(asked) == 2


# ── Encodings ─────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        (None, None),
        ("", None),
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("BR;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("gzip", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000 , gzip;q=0", None),
        ("identity", None),
        ("deflate", None),
        ("brotli, xgzip", None),
        ("x" * 100_000, None),
    ],
)
def test_page_is_sent_as_the_visitor_can_read_it(accepted, sent, asked):
    plain = visit(LIST)
    headers = {} if accepted is None else {"Accept_Encoding": accepted}

    page = visit(LIST, **headers)

    assert page.headers.get("content-encoding") == sent
    assert page.body == plain.body
    assert int(page.headers["content-length"]) == len(page.sent)
    assert (len(page.sent) < len(plain.sent)) == bool(sent)


def test_each_encoding_has_a_tag_of_its_own(asked):
    pages = [visit(LIST, Accept_Encoding=name) for name in ("br", "gzip", "identity")]

    assert len({page.headers["etag"] for page in pages}) == 3


# ── Nobody sees another's page ────────────────────────────────────────────────
PERSONAL = {
    "a session": {"Cookie": "session=abc"},
    "a session among others": {"Cookie": "theme=dark; session=abc"},
    "a session after nonsense": {"Cookie": "a@b[]=1; ;; session =abc"},
    "a session in quotes": {"Cookie": 'session="abc"'},
    "a message": {"Cookie": "messages=W10"},
    "authorisation": {"Authorization": "Basic YTpi"},
    "htmx": {"HX-Request": "true"},
    "a part for htmx": {"HX-Target": "results"},
}


@pytest.mark.parametrize("headers", PERSONAL.values(), ids=PERSONAL)
def test_request_with_something_of_its_own_neither_gets_nor_leaves_a_kept_page(headers, asked):
    own = visit(made("numbered"), **headers)
    first = visit(made("numbered"))
    again = visit(made("numbered"), **headers)
    second = visit(made("numbered"))

    assert first == second
    assert len({own.text, first.text, again.text}) == 3
    assert own.headers["cache-control"] == again.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("cookie", ["theme=dark", "sessions=1", "x=session=1", "csrf=abc", "a@b"])
def test_cookie_that_tells_nobody_apart_changes_nothing(cookie, asked):
    page = visit(made("numbered"))

    assert visit(made("numbered"), Cookie=cookie) == page


def test_part_of_a_page_is_never_given_as_the_page(asked):
    part = visit(LIST, HX_Target="results")
    page = visit(LIST)
    boosted = visit(LIST, HX_Target="results", HX_Request="true")

    assert "<html" not in part.text
    assert "<html" in page.text
    assert boosted.text == part.text
    assert part.headers["cache-control"] == boosted.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", NOT_KEPT)
def test_answer_that_is_not_for_all_is_not_kept(kind, asked):
    first, second = visit(made(kind)), visit(made(kind))

    assert len(asked) == 2
    assert wsgi.application.pages.size == 0
    assert "public" not in first.headers.get("cache-control", "")
    assert first.status == second.status


def test_every_token_is_another(asked):
    tokens = {visit(made("token")).text for _ in range(3)}

    assert len(tokens) == 3


def test_large_answer_is_passed_on_whole(asked):
    assert len(visit(made("large")).sent) == page_cache.MAX_PAGE_BYTES + 1
    assert visit(made("stream")).sent == b"xy"


def test_stream_is_passed_on_in_parts(asked):
    parts = wsgi.application(environ_of(made("stream")), lambda *begun: None)

    assert list(parts) == [b"x", b"y"]
    parts.close()


def test_two_strangers_and_someone_signed_in_each_see_their_own(asked):
    client = Client()
    client.force_login(make_user("editor", name="Anna Exempel"))
    cookie = f"session={client.cookies['session'].value}"
    visitors = [{}, {"Cookie": cookie}, {"Accept_Encoding": "br"}, {"Cookie": cookie}, {}]

    seen = [visit(made("who"), **headers).text for headers in visitors]
    public = [visit(LIST, **headers) for headers in visitors]

    stranger, named = "AnonymousUser", seen[1]
    assert seen == [stranger, named, stranger, named, stranger]
    assert named != stranger
    assert [page.headers["cache-control"].split(",")[0] for page in public] == [
        "public", "private", "public", "private", "public",
    ]  # fmt: skip


# ── Hosts and schemes ─────────────────────────────────────────────────────────
def test_page_of_one_host_is_not_given_to_another(asked):
    hosts = ["localhost", "127.0.0.1", "localhost:8000", "localhost"]

    seen = [visit(made("where"), Host=host).text for host in hosts]

    assert seen == [f"http://{host}" for host in hosts]
    assert len(asked) == 3


def test_host_that_is_not_ours_is_refused_whatever_is_kept(asked):
    visit(LIST)

    assert visit(LIST, Host="evil.example").status == 400


def test_page_of_one_scheme_is_not_given_to_the_other(asked, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    said = ["https", "http", "https", "nonsense", "x" * 100_000]

    seen = [visit(made("where"), X_Forwarded_Proto=scheme).text for scheme in said]

    assert seen == [f"{scheme}://localhost" for scheme in ("https", "http", "https", *["http"] * 2)]
    assert len(asked) == 2


def test_page_of_the_servers_own_https_is_another(asked):
    def secure(environ, start_response):
        return wsgi.application({**environ, "wsgi.url_scheme": "https"}, start_response)

    assert [visit(made("where")).text, ask(secure, made("where")).text] == [
        "http://localhost",
        "https://localhost",
    ]


# ── One page for all addresses that mean the same ─────────────────────────────
def test_addresses_that_mean_the_same_are_one_page(asked):
    queries = [
        "?sector=a&sector=b&q=%C3%A5",
        "?q=å&x=1&sector=b&sector=a",
        "?sector=b&q=%c3%a5&sector=a",
    ]

    answers = {visit(made("numbered", query)).text for query in queries}

    assert len(answers) == len(asked) == 1


def test_page_that_reads_nothing_is_one_page_whatever_is_asked(asked):
    addresses = ["/sv/plattformar/", "/sv/utmaningar/", "/sv/"]

    answers = {
        visit(f"{path}?{q}").text for path in addresses for q in ("", "q=a&page=2", "area=b")
    }

    assert len(answers) == len(asked) == 3


def test_link_without_its_last_slash_keeps_what_the_page_reads():
    answer = visit("/sv/initiativ?sector=hamn&q=buller&utm_source=mail")

    assert (answer.status, answer.headers["location"]) == (
        301,
        "/sv/initiativ/?q=buller&sector=hamn",
    )


def test_keys_of_another_list_are_not_read(asked):
    queries = ["", "area=hamnen", "seats=4&drop_in=1", "language=sv"]

    assert len({visit(f"/sv/initiativ/?{query}").text for query in queries}) == len(asked) == 1


def test_flood_of_unknown_keys_is_one_page(asked):
    for number in range(10_000):
        visit(made("numbered", f"?_={number}&utm_campaign=x{number}"))

    assert len(asked) == 1
    assert wsgi.application.pages.size < 5000


# ── How much is kept ──────────────────────────────────────────────────────────
def test_flood_of_searches_leaves_the_pages_that_are_read(asked, monkeypatch):
    shelf = Shelf(200_000)
    monkeypatch.setattr(wsgi.application, "pages", shelf)
    read = [made("numbered", f"?q=read{number}") for number in range(10)]
    before = [visit(page) for page in [*read, *read]]

    for number in range(1000):
        visit(made("numbered", f"?q=flood{number}"))
    del asked[:]
    after = [visit(page) for page in read]

    assert asked == []
    assert after == before[:10]
    assert 0 < shelf.size <= 200_000


def test_size_counts_the_address_too(asked):
    visit(made("json"))
    short = wsgi.application.pages.size
    query = "&".join(f"sector={letter * 200}" for letter in "abcdefghij")

    visit(made("json", f"?{query}"))

    assert wsgi.application.pages.size - short == short + len(query)
