# make serve   the sample archive in Datasette on http://127.0.0.1:8001
# make test    every test
# Each makes what it needs; nothing but Python 3.11 or newer and make is assumed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DB     ?= archive.db
PORT   ?= 8001

.DEFAULT_GOAL := help
.PHONY: help install serve ingest test browser lint format types check docs migration bench wheel clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || (echo "No venv module: install it (Debian: apt-get install python3-venv)."; rm -rf $(VENV); exit 1)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

install: $(STAMP) ## make the environment in .venv

ingest: $(STAMP) ## store the sample documents in $(DB)
	$(BIN)/archive ingest seeds/documents --meta seeds/meta.csv --db $(DB)

serve: ingest ## migrate, store the sample documents, serve them with Datasette
	$(BIN)/archive serve --db $(DB) --port $(PORT)

test: $(STAMP) ## run every test
	$(BIN)/pytest

browser: $(STAMP) ## the tests in a browser alone; they need Chromium
	$(BIN)/pytest tests/browser

lint: $(STAMP) ## ruff: rules and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP) ## put the code into ruff's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

check: lint types test ## lint, types and tests

docs: $(STAMP) ## write metadata.yml's and the docs' generated parts anew
	$(BIN)/python -m archive.publishing.metadata
	$(BIN)/python -m archive.publishing.codebook

migration: $(STAMP) ## a new migration from the models: make migration m="why"
	@test -n "$(m)" || (echo 'Say why: make migration m="add articles.section"'; exit 1)
	@rm -f .migration.db
	ARCHIVE_DB=.migration.db $(BIN)/alembic upgrade head
	ARCHIVE_DB=.migration.db $(BIN)/alembic revision --autogenerate -m "$(m)"
	@rm -f .migration.db

bench: $(STAMP) ## measure speed and memory; see benchmarks/README.md
	$(BIN)/python benchmarks/ingest.py

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove the environment and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
