# One command each. `make help` lists them.
PYTHON ?= python3.11
UV := .tools/bin/uv
BIN := .venv/bin
ARGS ?=

.PHONY: help install install-dev demo serve test test-sqlite test-postgres attacks check bench docs lock bundle browser catalogue clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV): requirements/tools.lock
	@$(PYTHON) -m venv .tools
	@.tools/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.lock
	@touch $@

.venv/.run: $(UV) requirements/run.lock pyproject.toml
	@test -x $(BIN)/python || $(UV) venv -q --python $(PYTHON) .venv
	@$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/run.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.lock
	@$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.lock
	@touch $@

install: .venv/.run ## prepare .venv with what Heli needs to run

install-dev: .venv/.dev ## prepare .venv with the checks and tests too

demo: install ## build the demonstration world and serve it (ARGS="--port 8080")
	@$(BIN)/heli demo $(ARGS)

serve: install ## serve the database in HELI_HOME
	@$(BIN)/heli serve $(ARGS)

test: test-sqlite test-postgres ## run all tests, on SQLite and on PostgreSQL where one is near

test-sqlite: install-dev
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-postgres: install-dev
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser" $(ARGS)

attacks: install-dev ## read the heaviest hostile files, each in a process of its own, and print what they cost
	@$(BIN)/python -m tests.attacks.heavy

check: install-dev ## style, types, layers, settings, migrations, bundle, words
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@HELI_HOME=/nonexistent $(BIN)/heli check --deploy --fail-level WARNING
	@$(BIN)/heli makemigrations --check --dry-run
	@$(BIN)/python tools/bundle.py --check
	@$(BIN)/python tools/catalogue.py --check

bench: install-dev ## run the benchmarks, ratios side by side
	@$(BIN)/python -m benchmarks $(ARGS)

docs: install-dev ## write the generated reference pages
	@$(BIN)/heli reference docs/reference

catalogue: install-dev ## gather words to translate, compile the English catalogue
	@$(BIN)/python tools/catalogue.py

bundle: install-dev ## build the front-end bundle (needs Node)
	@$(BIN)/python tools/bundle.py

browser: ## install Chromium and Chinese fonts from Debian's packages (needs root)
	@apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk

lock: $(UV) ## compile the requirement locks
	@for name in tools run dev; do \
	  $(UV) pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate requirements/$$name.in -o requirements/$$name.lock; done

clean: ## remove environments and the demonstration's data
	@rm -rf .venv .tools var var-keys node_modules
