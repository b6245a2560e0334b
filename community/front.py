"""The ASGI front: sockets to Channels, every other request to Django."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

application = WSGIMiddleware(get_wsgi_application())
