"""The files in deploy/ are tried as they are, but for paths, ports and the certificate."""

import http.client
import re
import shutil
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from innovation import page_cache
from tests.needs import need
from tools.servers import ROOT, clean_environment, free_port, running

DEPLOY = ROOT / "deploy"
HOST = "innovation.example.org"
SECRET = "only-for-the-test-of-deploy-" * 3


def production_environment(folder: Path, **values: str) -> dict[str, str]:
    """production.env.example with a secret, its files in `folder`, and no other servers."""
    text = (DEPLOY / "production.env.example").read_text()
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
    own = {
        "SECRET_KEY": SECRET,
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": f"sqlite:///{folder / 'catalogue.sqlite3'}",
        "REDIS_URL": "",
    }
    return clean_environment(**{**example, **own, **values})


def manage(*arguments, env):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def test_production_settings_have_no_deployment_warnings(tmp_path):
    env = production_environment(tmp_path)

    done = manage("check", "--deploy", "--fail-level", "WARNING", env=env)

    assert (done.returncode, done.stderr) == (0, "")


def test_production_settings_refuse_to_start_without_a_secret(tmp_path):
    env = production_environment(tmp_path, SECRET_KEY="")

    done = manage("check", env=env)

    assert done.returncode == 1
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .endswith("SECRET_KEY is not set: give it a value, see .env.example")
    )


def test_copied_env_example_starts_once_it_has_a_secret(tmp_path):
    example = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    values = {**dict(example), "SECRET_KEY": SECRET, "VAR_DIR": str(tmp_path)}

    done = manage("check", env=clean_environment(**values))

    assert (done.returncode, done.stderr) == (0, "")


def test_env_example_explains_every_variable_that_the_settings_read():
    settings = (ROOT / "config" / "settings.py").read_text()
    read = re.findall(r"env\.(?!load_file|fault)\w+\(\s*\"([A-Z_]+)\"", settings)

    explained = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted(read)


def test_production_example_only_sets_known_variables():
    names = re.compile(r"^([A-Z_]+)=", re.MULTILINE)
    known = names.findall((ROOT / ".env.example").read_text())

    used = names.findall((DEPLOY / "production.env.example").read_text())

    assert set(used) - set(known) == set()


# ── nginx and granian, with the files of deploy/ ──────────────────────────────
@contextmanager
def granian(folder: Path):
    """The command of catalogue.service; yields its socket."""
    env = production_environment(folder)
    for command in (("migrate", "-v0"), ("collectstatic", "--no-input", "-v0")):
        done = manage(*command, env=env)
        assert done.returncode == 0, done.stderr
    socket = folder / "catalogue.sock"
    unit = (DEPLOY / "catalogue.service").read_text().replace("\\\n", " ")
    line = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1]
    line = line.replace("/opt/catalogue/.venv/bin", str(Path(sys.executable).parent))
    line = line.replace("/run/catalogue/catalogue.sock", str(socket))
    with running(line.split(), ready=socket.exists, log=folder / "granian.log", env=env):
        yield socket


def nginx_configuration(folder: Path, socket: Path, port: int) -> str:
    site = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen [::]:80;", ""),
        ("/run/catalogue/catalogue.sock", str(socket)),
        ("/var/cache/nginx/catalogue", str(folder / "cache")),
        ("/opt/catalogue/", f"{ROOT}/"),
        (f"/etc/letsencrypt/live/{HOST}", str(folder)),
        ("/var/log/nginx/error.log", f"{folder}/error.log"),
    ):
        assert old in site, f"deploy/nginx.conf no longer holds {old!r}"
        site = site.replace(old, new)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log {folder}/access.log;\n"
        f"{temporary}{site}\n}}\n"
    )


def make_certificate(folder: Path) -> None:
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN={HOST}"
    command += f" -keyout {folder}/privkey.pem -out {folder}/fullchain.pem"
    subprocess.run(command.split(), check=True, capture_output=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the server of `nginx_port` has its files."""
    return tmp_path_factory.mktemp("deploy")


@pytest.fixture(scope="module")
def nginx_port(folder):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    need(nginx, "nginx")
    make_certificate(folder)
    (folder / "var" / "media").mkdir(parents=True)
    (folder / "var" / "media" / "note.txt").write_text("hej")
    port = free_port()
    with granian(folder) as socket:
        configuration = folder / "nginx.conf"
        configuration.write_text(nginx_configuration(folder, socket, port))
        # nginx started by root would hand over to a user who can't walk into the test's folder.
        command = [nginx, "-c", str(configuration), "-g", "user root;"]
        env = clean_environment()
        log = folder / "nginx.log"
        with running(command, ready=lambda: is_up(port), log=log, env=env):
            yield port


def is_up(port: int) -> bool:
    """Whether nginx answers, and the application behind it."""
    try:
        return ask(port, "/healthz").status == 200
    except OSError:
        return False


def ask(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    # The certificate is the test's own; that it is presented at all is what counts.
    context = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=20)
    connection.request("GET", path, headers={"Host": HOST, **headers})
    response = connection.getresponse()
    response.body = response.read()
    connection.close()
    return response


SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.mark.stack
@pytest.mark.parametrize("path", ["/sv/", "/sv/no-such-page/", "/admin/login/"])
def test_page_carries_the_security_headers(nginx_port, path):
    response = ask(nginx_port, path)

    assert {name: response.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.stack
def test_policy_allows_no_inline_code_and_no_other_host_but_films(nginx_port):
    policy = ask(nginx_port, "/sv/").headers["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    hosts = set(re.findall(r"https?://[^ ;]+", policy))
    assert hosts == {"https://www.youtube-nocookie.com", "https://player.vimeo.com"}


@pytest.mark.stack
@pytest.mark.parametrize("path", ["/sv/mitt-program/", "/en/my-programme/shared/"])
def test_secret_of_a_programme_stands_in_no_log(nginx_port, folder, path):
    secret = "lfFTBGrRWKrBhD3_qaa5OoDa_gqx9h-m"

    ask(nginx_port, "/sv/?logged=1")
    answer = ask(nginx_port, f"{path}{secret}/")

    assert answer.status == 404
    assert "logged=1" in (folder / "access.log").read_text()
    assert [path.name for path in folder.glob("*.log") if secret in path.read_text()] == []


@pytest.mark.stack
def test_anonymous_page_sets_no_cookie_and_names_no_software_version(nginx_port):
    response = ask(nginx_port, "/sv/")

    assert response.status == 200
    assert response.headers["Set-Cookie"] is None
    assert response.headers["Server"] == "nginx"


@pytest.mark.stack
def test_page_is_sent_in_what_the_browser_accepts(nginx_port):
    encodings = [
        ask(nginx_port, "/sv/", **{"Accept-Encoding": accepted}).headers["Content-Encoding"]
        for accepted in ("gzip, deflate, br", "gzip", "identity") * 2
    ]

    assert encodings == ["br", "gzip", None] * 2


@pytest.mark.stack
def test_page_that_the_browser_has_is_not_sent_again(nginx_port):
    first = ask(nginx_port, "/sv/")

    again = ask(nginx_port, "/sv/", **{"If-None-Match": first.headers["ETag"]})

    assert (first.status, again.status, again.body) == (200, 304, b"")


@pytest.mark.stack
def test_page_is_answered_to_a_signed_in_visitor_by_the_application(nginx_port):
    ask(nginx_port, "/sv/initiativ/")
    personal = ask(nginx_port, "/sv/initiativ/", Cookie="__Host-session=abc")
    afterwards = ask(nginx_port, "/sv/initiativ/")

    assert personal.headers["Cache-Control"] == "private, no-cache"
    assert afterwards.headers["Cache-Control"] == page_cache.FRESHNESS


@pytest.mark.stack
def test_change_is_seen_through_nginx_within_two_seconds(nginx_port, folder):
    before = ask(nginx_port, "/sv/utmaningar/").body.decode()
    change = (
        "from innovation.models import Challenge; "
        "Challenge.objects.create(slug='ny', title_sv='Hur kan vi se det direkt?', "
        "visibility='published')"
    )

    done = manage("shell", "-v0", "-c", change, env=production_environment(folder))
    time.sleep(2)  # s-maxage, of which nginx counts whole seconds

    assert done.stderr == ""
    assert "Hur kan vi se det direkt?" not in before
    assert "Hur kan vi se det direkt?" in ask(nginx_port, "/sv/utmaningar/").body.decode()


def static_address(port: int, ending: str) -> str:
    page = ask(port, "/sv/").body.decode()
    return re.search(rf'/static/[^"\s]+\.{ending}', page)[0]


@pytest.mark.stack
def test_static_file_is_immutable_and_brotli(nginx_port):
    address = static_address(nginx_port, "css")

    response = ask(nginx_port, address, **{"Accept-Encoding": "gzip, deflate, br"})

    assert response.headers["Content-Encoding"] == "br"
    assert response.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.stack
def test_static_file_is_kept_once_for_each_encoding(nginx_port):
    address = static_address(nginx_port, "css")

    encodings = [
        ask(nginx_port, address, **{"Accept-Encoding": accepted}).headers["Content-Encoding"]
        for accepted in ("br", "gzip", "identity", "br", "gzip", "identity")
    ]

    assert encodings == ["br", "gzip", None] * 2


@pytest.mark.stack
def test_upload_that_no_visible_row_owns_is_not_served(nginx_port):
    response = ask(nginx_port, "/media/note.txt")

    assert response.status == 404
    assert response.body != b"hej"
