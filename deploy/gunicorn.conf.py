"""How gunicorn serves the site. Every value can be set by the environment or the command line."""

import gc
import os
import sys

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True  # the workers share the memory of the loaded code
timeout = 30
keepalive = 75  # longer than proxies keep a connection (60 seconds), or they find one closed in the moment of its use
graceful_timeout = 20
accesslog = None  # addresses of personal pages carry secrets
control_socket_disable = True
# A proxy that is not counted in TRUSTED_PROXY_COUNT cannot say who the visitor is or which scheme was used.
forwarded_allow_ips = "*" if int(os.environ.get("TRUSTED_PROXY_COUNT") or 0) else "127.0.0.1,::1"


gc.disable()  # what is collected leaves holes, and what fills them later is copied page by page in every worker


def when_ready(server):
    """Load what all workers need, and keep it out of garbage collection, so that they do not copy it."""
    from django.apps import apps

    if apps.ready and "forum_site.pages" in {app.name for app in apps.get_app_configs()}:
        from forum_site.warmup import load_everything

        load_everything()
    gc.freeze()


def post_fork(server, worker):
    """Give each worker a garbage collection and database connections of its own."""
    gc.enable()
    gc.set_threshold(5000, 10, 10)  # every 700 new objects, as usual, it takes a sixth of a registration's time
    # Whoever keeps a row of the database waits for the interpreter after every statement, and everybody waits for them.
    sys.setswitchinterval(0.0005)
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.connection = None
