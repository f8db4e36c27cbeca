# Everything is run from here; `make help` lists what there is.
# It needs GNU make, any POSIX sh and Python 3.11 or newer; the rest goes into .venv.

PYTHON ?= python3
PORT ?= 8000
# How many processes share the tests: a number, or auto for one a core.
JOBS ?= auto
# The browser of the journeys: the first of these that runs.
BROWSERS := chromium chromium-browser chromium-headless-shell google-chrome google-chrome-stable

BIN := .venv/bin
HASHED := -m pip install -qq --disable-pip-version-check --require-hashes
# A file's tests stay on one process, so that what they share is made once.
SUITE := pytest --numprocesses=$(JOBS) --dist=loadfile

.NOTPARALLEL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)


## Running

.PHONY: demo run
demo run: export DEBUG = 1

demo: .venv/.base ## Serve Backtrain with made-up athletes on PORT (8000)
	@exec $(BIN)/python manage.py demo --port $(PORT)

run: .venv/.base ## Run the development server on PORT (8000)
	@exec $(BIN)/python manage.py runserver $(PORT)


## Tests

# `whole` marks what looks at the whole catalogue, at every page, or at many made-up examples.
.PHONY: test test-all
test: export CHOICE = and not whole
test: test-sqlite test-postgres test-partitioned ## Run what a change needs: SQLite, PostgreSQL, main journeys
	@$(journeys_if_possible)

test-all: export COVER = --cov --cov-report=
test-all: test-sqlite test-postgres test-partitioned ## Run everything; fail below 95 % of coverage
	@$(journeys_if_possible)
	@$(MAKE) -s coverage

journeys_if_possible = $(find_browser); [ -n "$$browser" ] || $(MAKE) -s browser || true; \
	$(find_browser); if [ -n "$$browser" ] || [ "$$CI" = true ]; then $(MAKE) -s journeys; \
	else echo; echo "THE JOURNEYS WERE NOT RUN: $(no_browser)"; fi

.PHONY: test-sqlite
test-sqlite: .venv/.dev ## Run the tests on SQLite
	@echo "== tests on SQLite"
	@env -u DATABASE_URL $(BIN)/$(SUITE) -m "not journey and not fault $(CHOICE)" $(COVER)

.PHONY: test-postgres
test-postgres: .venv/.dev ## Run those that use a database on a PostgreSQL that is started for them
	@echo "== tests on PostgreSQL"
	@$(BIN)/python tests/with_postgres.py $(BIN)/$(SUITE) -m "database and not journey and not fault $(CHOICE)"

# What writes personal rows; docs/scaling.md says which others were run
PARTITIONED := tests/workouts/models tests/workouts/test_saving.py tests/workouts/views/test_routines.py
.PHONY: test-partitioned
test-partitioned: .venv/.dev ## Run some on a PostgreSQL whose personal tables have partitions (PARTITIONED=tests/workouts for more)
	@echo "== tests on PostgreSQL with partitions"
	@PARTITIONS=4 $(BIN)/python tests/with_postgres.py $(BIN)/$(SUITE) -m "database and not journey and not fault $(CHOICE)" $(PARTITIONED)

.PHONY: journeys
journeys: .venv/.dev browser ## Run the browser tests
	@echo "== journeys in a browser"
	@$(find_browser); env -u DATABASE_URL CHROMIUM="$$browser" \
		$(BIN)/pytest --numprocesses=$(JOBS) --dist=loadgroup tests/journeys -m "journey $(CHOICE)"

.PHONY: reading
reading: .venv/.dev ## Measure how well notebooks of many kinds are read (ONLY=table for one)
	@$(BIN)/python -m tests.reading $(ONLY)

# How many: EXAMPLES times as many texts and logs as the tests try, forms, files.
.PHONY: fuzz
fuzz: export EXAMPLES ?= 70
fuzz: export FORMS ?= 20000
fuzz: export HOSTILE_FILES ?= 5000
fuzz: .venv/.dev ## Try very many texts, forms and files: hours (EXAMPLES=70 FORMS=20000 HOSTILE_FILES=5000)
	@env -u DATABASE_URL $(BIN)/pytest -q $(FUZZED) $(HOSTILE)
	@$(BIN)/python tests/with_postgres.py $(BIN)/pytest -q $(HOSTILE)

FUZZED := tests/workouts/text_format/test_any_text.py $(addprefix tests/workouts/,\
	views/test_any_log.py views/test_any_form.py data/test_any_log_out_and_back.py)
HOSTILE := tests/workouts/data/test_hostile_uploads.py::test_any_number_of_them

# POSTS: how many workouts are posted on each database while processes are killed.
.PHONY: faults
faults: .venv/.dev ## Fill disks, stop databases, kill processes under a server (ONLY=kills, POSTS=2000)
	@env -u DATABASE_URL $(BIN)/pytest -q -m fault -rs -s tests/faults -k "$(ONLY)"

.PHONY: shots
shots: .venv/.dev browser ## Take a picture of every page into shots/ (ONLY=history for some)
	@$(find_browser); CHROMIUM="$$browser" $(BIN)/python tests/shots.py --only "$(ONLY)"

.PHONY: pictures
pictures: .venv/.dev browser ## Renew the pictures of the README
	@$(find_browser); CHROMIUM="$$browser" $(BIN)/python tests/shots.py --readme

.PHONY: coverage
coverage: .venv/.dev ## Show what the last make test-all covered; fail below 95 %
	@echo "== coverage"
	@$(BIN)/coverage report --fail-under=95
	@$(BIN)/coverage json --quiet -o - | $(BIN)/python -c "$$branch_coverage"

# The report's total counts statements too; the promise is about branches.
define branch_coverage
import json, sys
covered = json.load(sys.stdin)["totals"]["percent_branches_covered"]
print(f"branches: {covered:.1f} %")
sys.exit(covered < 95 and "Fewer than 95 % of the branches are covered.")
endef
export branch_coverage

.PHONY: browser
browser: ## Get Chromium for the journeys where it is missing (Debian, as root)
	@$(find_browser); [ -n "$$browser" ] || { $(can_install) && $(install_browser); } \
		|| { echo "$(no_browser)" >&2; exit 1; }

find_browser = browser=; for name in $(BROWSERS); do \
	"$$name" --version >/dev/null 2>&1 && { browser=$$(command -v "$$name"); break; }; done
can_install = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
install_browser = echo "Installing Chromium for the browser tests." \
	&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
no_browser = there is no Chromium. Install one (on Debian: apt-get install chromium), then run make journeys.

.PHONY: test-next
test-next: .venv-next/.done ## Run the tests on the next Django (6.1; needs Python 3.12 or newer)
	@echo "== tests on SQLite, $$(.venv-next/bin/python -c 'import django, sys; \
		print("Django", django.__version__, "on Python", sys.version.split()[0])')"
	@env -u DATABASE_URL .venv-next/bin/pytest --numprocesses=$(JOBS)

# How many others have 1,000 sets each; FULL is how many thousand
OTHERS := $(if $(FULL),$(FULL)000,100)
BENCH = $(BIN)/python -m benchmarks.pages --others $(OTHERS) --only "$(ONLY)"

.PHONY: bench
bench: .venv/.dev ## Measure pages against bare views on both databases (ONLY=home, FULL=1, PARTITIONS=16)
	@status=0; \
	echo "== pages on SQLite, beside $(OTHERS) athletes with 1,000 sets each"; \
	env -u DATABASE_URL $(BENCH) || status=1; \
	echo "== pages on PostgreSQL"; \
	env -u DATABASE_URL $(BIN)/python tests/with_postgres.py $(BENCH) --partitions $(or $(PARTITIONS),0) || status=1; \
	exit $$status

.PHONY: load
load: .venv/.dev ## Ask a server in production mode from 1 to 128 connections at once (SECONDS=60, SOAK=20)
	@$(BIN)/python tests/with_postgres.py $(BIN)/python -m benchmarks.load --seconds $(or $(SECONDS),60) --soak $(or $(SOAK),0)

## Languages

.PHONY: messages compiled-messages
messages: export DEBUG = 1
messages: .venv/.base ## Collect what is to be translated into backtrain/locale (needs gettext)
	@$(BIN)/python manage.py makemessages --locale de --locale es --locale fr --extension html,txt,py \
		--add-location file --no-obsolete --ignore tests --ignore benchmarks

compiled-messages: ## Compile what was translated (needs gettext)
	@for po in backtrain/locale/*/LC_MESSAGES/django.po; do msgfmt --check --output-file=$${po%.po}.mo $$po || exit; done


## Checks

.PHONY: lint
lint: export DEBUG = 1
lint: .venv/.dev ## Check style, types, templates, imports, dependencies, migrations, deployment
	@echo "== ruff check" && $(BIN)/ruff check
	@echo "== ruff format" && $(BIN)/ruff format --check
	@echo "== mypy" && $(BIN)/mypy
	@echo "== djlint" && $(BIN)/djlint --lint --quiet templates
	@echo "== import contracts" && $(BIN)/lint-imports --no-logo
	@echo "== deptry" && $(BIN)/deptry --no-ansi .
	@echo "== migrations" && env -u DATABASE_URL $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "== check --deploy" && $(production) $(BIN)/python -W error manage.py check --deploy --fail-level WARNING

production = env DEBUG=0 ALLOWED_HOSTS=example.org DATABASE_URL=sqlite://:memory: \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')"

.PHONY: format
format: .venv/.dev ## Format the code, and correct what ruff can
	@$(BIN)/ruff check --fix --quiet --exit-zero
	@$(BIN)/ruff format


## Dependencies

# .dev holds all of .base, so a fresh .dev makes .base fresh too.
.venv/.dev: requirements/base.txt requirements/dev.txt | .venv/bin/python
	@echo "Installing what development needs into .venv"
	@$(BIN)/python $(HASHED) -r requirements/dev.txt
	@touch .venv/.base $@

.venv/.base: requirements/base.txt | .venv/bin/python
	@echo "Installing what Backtrain needs into .venv"
	@$(BIN)/python $(HASHED) -r requirements/base.txt
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Backtrain needs Python 3.11 or newer, and $(PYTHON) is not: name one with make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) cannot make virtual environments: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv

# Extras stay in the locks: pip looks at "coverage[toml]" on its own, and would want the newest.
.PHONY: lock
lock: ## Compile requirements/*.txt from pyproject.toml (UPGRADE=--upgrade for newer versions)
	@test -x .venv-lock/bin/uv || { $(PYTHON) -m venv --clear .venv-lock && .venv-lock/bin/python -m pip install -qq --disable-pip-version-check uv; }
	.venv-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header -o requirements/base.txt $(UPGRADE) >/dev/null
	.venv-lock/bin/uv pip compile pyproject.toml --extra s3 --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header -c requirements/base.txt -o requirements/s3.txt $(UPGRADE) >/dev/null
	.venv-lock/bin/uv pip compile pyproject.toml --group dev --extra s3 --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header -c requirements/s3.txt -o requirements/dev.txt $(UPGRADE) >/dev/null
	@! grep -nF -e :// -e /opt -e "$(CURDIR)" requirements/*.txt || { echo "A lock names a host or a folder of this machine, see above." >&2; exit 1; }

# Hashes go, since pip wants all or none and the next Django has none here; the pins stay.
.venv-next/.done: requirements/dev.txt
	@next=; for name in python3.14 python3.13 python3.12; do \
		"$$name" -c 'import ensurepip, venv' 2>/dev/null && { next=$$name; break; }; done; \
	[ -n "$$next" ] || { echo "Django 6.1 needs Python 3.12 or newer, and there is no python3.14, python3.13 or python3.12 that works here." >&2; exit 1; }; \
	echo "Installing what development needs, with Django 6.1, into .venv-next" && "$$next" -m venv --clear .venv-next
	@sed -e '/^ /d' -e '/^#/d' -e '/^django==/d' -e 's/ *\\$$//' requirements/dev.txt >.venv-next/requirements.txt
	@.venv-next/bin/python -m pip install -qq --disable-pip-version-check -r .venv-next/requirements.txt 'django~=6.1.0'
	@touch $@

.PHONY: clean
clean: ## Remove the virtual environments and what tools left; keep the database
	@rm -rf .venv .venv-lock .venv-next .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache htmlcov shots test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
