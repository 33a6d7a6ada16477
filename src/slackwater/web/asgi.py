"""The way in for a web server: `uvicorn slackwater.web.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slackwater.web.settings.demo")

application = get_asgi_application()
