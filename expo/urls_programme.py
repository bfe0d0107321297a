"""Addresses of programmes without an account; a secret is the last part of one."""

from expo.views import programme_deeds as deeds
from expo.views import programmes as pages
from innovation.addresses import address

_deed_patterns = [
    address("my-programme/choose/", deeds.choose, name="programme-choose"),
    address("my-programme/swap/", deeds.swap, name="programme-swap"),
    address("my-programme/item/", deeds.change_item, name="programme-item"),
    address("my-programme/seen/", deeds.mark_seen, name="programme-seen"),
    address("my-programme/new/", deeds.new, name="programme-new"),
    address("my-programme/switch/", deeds.switch, name="programme-switch"),
    address("my-programme/rename/", deeds.rename, name="programme-rename"),
    address("my-programme/delete/", deeds.delete, name="programme-delete"),
    address("my-programme/forget/", deeds.forget, name="programme-forget"),
    address("my-programme/share/", deeds.share, name="programme-share"),
    address("my-programme/take-back/", deeds.take_back, name="programme-take-back"),
    address("my-programme/new-calendar/", deeds.renew_calendar, name="programme-new-calendar"),
    address("my-programme/mail/", deeds.mail_link, name="programme-mail"),
    address("my-programme/use/", deeds.use_here, name="programme-use"),
    address("my-programme/copy/", deeds.copy, name="programme-copy"),
]

programme_patterns = [
    address("my-programme/", pages.programme_detail, name="programme-detail"),
    address("my-programme/programme.pdf", pages.programme_file, name="programme-file"),
    address("my-programme/worker.js", pages.programme_worker, name="programme-worker"),
    *_deed_patterns,
    address("my-programme/shared/<str:token>/", pages.programme_shared, name="programme-shared"),
    address(
        "my-programme/shared/<str:token>/programme.pdf",
        pages.programme_shared_file,
        name="programme-shared-file",
    ),
    address("my-programme/shared/<str:token>/qr.svg", pages.programme_qr, name="programme-qr"),
    # Last: whatever stands there is taken for a secret.
    address("my-programme/<str:token>/", pages.programme_open, name="programme-open"),
]
