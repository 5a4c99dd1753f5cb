# The two commands of a first day are `make demo` and `make test`. Both work from a fresh clone.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := demo-archive
NEWEST := .venv-newest

# make test T=tests/test_uri.py TESTS=urlkey
T ?=
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test dice lint format types sure eval bench newest pictures clean

help: ## show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed ## a small web, ingested into a fresh archive and served (SERVE=0 stops before serving)
	@$(BIN)/python -m ingest.demo --archive $(DEMO) --fresh $(if $(filter 0,$(SERVE)),--no-serve)

test: $(VENV)/.tests ## the whole suite (T=file TESTS=words narrows it)
	$(BIN)/python -m pytest $(T) $(if $(TESTS),-k '$(TESTS)')

dice: $(VENV)/.tests ## the tests of properties on other examples each time (T=file narrows it)
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=dice $(T)

lint: $(VENV)/.lint ## style, and what ruff finds suspicious
	$(BIN)/ruff check .

format: $(VENV)/.lint ## put imports in order and mend what ruff can mend by itself
	$(BIN)/ruff check --fix .

types: $(VENV)/.lint ## mypy, strict
	$(BIN)/mypy

sure: lint types test ## every check, as before a commit

eval: $(VENV)/.tests ## how good extraction, citations and evidence are, on what people marked
	@for room in extraction citations evidence; do echo "== $$room"; $(BIN)/python benchmarks/$$room.py || exit 1; done

bench: $(VENV)/.tests ## how quick starting, ingesting, importing, comparing and searching are
	@for what in startup ingest importing comparing search; do echo "== $$what"; $(BIN)/python benchmarks/$$what.py || exit 1; done

newest: ## the site under the newest pre-release of Datasette, in a virtual environment of its own
	@test -d $(NEWEST) || $(PYTHON) -m venv $(NEWEST)
	@$(NEWEST)/bin/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["test"], sep="\n")' > $(NEWEST)/test.txt
	@$(NEWEST)/bin/python -m pip --disable-pip-version-check --quiet install --upgrade --pre 'datasette>=1.0a0,<2' --editable .
	@$(NEWEST)/bin/python -m pip --disable-pip-version-check --quiet install --requirement $(NEWEST)/test.txt
	$(NEWEST)/bin/python -m pytest tests/test_site_datasette.py tests/test_publishing.py tests/test_citing_tables.py tests/test_editing.py tests/test_several_editors.py

pictures: $(VENV)/.tests ## docs/pictures: every kind of page, light and dark, of the demo's archive
	@$(BIN)/python -m ingest.demo --archive $(DEMO) --fresh --no-serve >/dev/null
	$(BIN)/python -m tests.pictures $(DEMO)

clean: ## remove the virtual environment, caches and the demo's archive
	rm -rf $(VENV) $(NEWEST) $(DEMO) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment, made once and again whenever pyproject.toml has changed.
$(VENV)/.installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Pincite needs Python 3.11 or newer, but there is no '$(PYTHON)'. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Pincite needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) -V). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv and pip are missing. On Debian: apt-get install python3-venv python3-pip" >&2; exit 1; }
	@echo "Making $(VENV) and installing Pincite into it (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --editable .
	@touch $@

# The groups are read here because pip 23 knows no --group.
define install-group
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["$(1)"], sep="\n")' \
	  > $(VENV)/$(1).txt
	@$(PIP) install --requirement $(VENV)/$(1).txt
	@touch $@
endef

$(VENV)/.tests: $(VENV)/.installed
	$(call install-group,test)

$(VENV)/.lint: $(VENV)/.installed
	$(call install-group,lint)
