# `make chat` and `make test` set up what they need in .venv first: Python from 3.11 on and, below 3.13, a C compiler
# for durable-rules. `make PYTHON=/path/to/python …` chooses the Python.
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.12 python3.11 python3 python3.13 python3.14; do \
	$$python -c '$(SUITABLE)' 2>/dev/null && echo $$python && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: chat test bench clean

chat: $(VENV)/ready
	@$(BIN)/whyso

test: $(VENV)/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/whyso check
	$(BIN)/pytest

bench: $(VENV)/ready-for-bench
	$(BIN)/python -m benchmarks

$(VENV)/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "whyso needs Python 3.11 or later with venv" \
		"(Debian: apt install python3-venv); or say make PYTHON=/path/to/python" >&2; exit 2; }
	@echo "setting up $(VENV), a minute the first time" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable . || { echo "the set-up failed: durable-rules needs a C compiler and the" \
		"Python headers (Debian: apt install gcc python3-dev)" >&2; exit 2; }
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready
	@$(PIP) install --group dev
	@touch $@

$(VENV)/ready-for-bench: $(VENV)/ready-for-tests
	@$(PIP) install --group bench
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
