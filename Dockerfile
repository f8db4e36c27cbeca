# The server in a container; compose.yaml has all around it, docs/deploying.md how to use both.
# tests/tooling/test_container.py runs what can be run without an engine.

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/backtrain
# base, or s3 for pictures in a bucket
ARG LOCK=base
COPY requirements/base.txt requirements/s3.txt requirements/
RUN python -m venv .venv
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/$LOCK.txt
COPY . .
RUN SECRET_KEY=for-this-step-alone DATABASE_URL=sqlite://:memory: STATIC_ROOT=/srv/backtrain/collected .venv/bin/python manage.py collectstatic --no-input
RUN .venv/bin/python -m compileall -q backtrain exercises workouts

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `manage.py backup` and `restore`
RUN apt-get update && apt-get install --no-install-recommends -y postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin backtrain && install -d -o backtrain -g backtrain /data
COPY --from=build /srv/backtrain /srv/backtrain
WORKDIR /srv/backtrain
ENV PATH=/srv/backtrain/.venv/bin:/usr/local/bin:/usr/bin:/bin PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=1 STATIC_ROOT=/srv/backtrain/collected MEDIA_ROOT=/data/media BACKUP_ROOT=/data/backups DATABASE_URL=sqlite:////data/db.sqlite3
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/live', timeout=4)"]
CMD ["python", "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--respawn-interval", "20", "--workers-kill-timeout", "10", "--http1-header-read-timeout", "10000", "backtrain.wsgi:application"]
