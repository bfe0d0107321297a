"""The WSGI application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# After Django is set up, which the page cache's imports need.
from django.conf import settings  # noqa: E402

from innovation import snapshot  # noqa: E402
from innovation.page_cache import PageCache  # noqa: E402
from innovation.short_way import ShortWay  # noqa: E402

if settings.PAGE_CACHE_BYTES:
    application = PageCache(ShortWay(application), settings.PAGE_CACHE_BYTES)

# So that no visitor waits for it.
snapshot.warm()

# What is in memory now stays: the collector needn't look through it again and again.
gc.collect()
gc.freeze()
