# The portal's image: web, worker, beat and migrate differ in their command only.
FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.txt .
RUN python -m venv /opt/portal \
 && /opt/portal/bin/pip install --require-hashes --only-binary :all: -r requirements.txt

FROM python:3.13-slim
ENV PATH=/opt/portal/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home portal
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
COPY manage.py ./
COPY buyin buyin
COPY surveys surveys
COPY training training
COPY feedback feedback
COPY templates templates
COPY static static
# These values serve this one command; none of them is in the running portal.
RUN SECRET_KEY=build DATABASE_URL=sqlite:////tmp/none REDIS_URL=redis://none SITE_URL=https://none \
    python manage.py collectstatic --no-input
USER portal
EXPOSE 8000
# The portal answers to its own names only, so the check has to use one of them.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 CMD ["python", "-c", \
  "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/ready', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=4)"]
CMD ["gunicorn", "buyin.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--timeout", "120", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "10000", "--max-requests-jitter", "1000"]
