"""The addresses outside the languages: files, machines, and what the old site answered to."""

from django.urls import path, re_path

from innovation.views import components, covers, dev_mail, machines, media, old_addresses

SV, EN = {"language": "sv"}, {"language": "en"}

cover_patterns = [
    path(
        "covers/<int:version>/<str:kind>/<str:band>/<str:light>/<str:motifs>/<str:size>/<str:slug>.svg",
        covers.cover,
        name="cover",
    ),
]

machine_patterns = [
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("media/<path:path>", media.media, name="media"),
]

# With and without the last slash: one step, whichever was linked to. The list and the pages of
# the English challenges stand where the new ones do, so only the form without slash is met here.
old_patterns = [
    re_path(
        r"^initiativ/?$",
        old_addresses.old_list,
        {"page": "innovation:initiative-list", **SV},
        name="old-initiatives-sv",
    ),
    re_path(
        r"^en/initiative/?$",
        old_addresses.old_list,
        {"page": "innovation:initiative-list", **EN},
        name="old-initiatives-en",
    ),
    re_path(
        r"^utmaningar/?$",
        old_addresses.old_list,
        {"page": "innovation:challenge-list", **SV},
        name="old-challenges-sv",
    ),
    re_path(
        r"^initiativ/(?P<slug>[^/]+)/?$", old_addresses.old_initiative, SV, name="old-initiative-sv"
    ),
    re_path(
        r"^en/initiative/(?P<slug>[^/]+)/?$",
        old_addresses.old_initiative,
        EN,
        name="old-initiative-en",
    ),
    re_path(
        r"^utmaningar/(?P<slug>[^/]+)/?$", old_addresses.old_challenge, SV, name="old-challenge-sv"
    ),
    re_path(
        r"^en/challenges/(?P<slug>[^/]+)$", old_addresses.old_challenge, EN, name="old-challenge-en"
    ),
]

mail_patterns = [
    path("mail/", dev_mail.mail_list, name="dev-mail-list"),
    path("mail/<str:name>/", dev_mail.mail_detail, name="dev-mail-detail"),
    path("mail/<str:name>/html/", dev_mail.mail_html, name="dev-mail-html"),
]

component_patterns = [
    path("components/", components.components, name="dev-components"),
    path("errors/<int:status>/", components.error_page, name="dev-error"),
]
