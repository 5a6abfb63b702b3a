# `make chat` and `make test` set up what they need in .venv first: any Python from 3.11 on, and a C compiler below 3.13.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: chat test check bench clean
.DELETE_ON_ERROR:

chat: $(VENV)/ready
	@$(BIN)/whyso

test: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/whyso check
	$(BIN)/pytest

bench: $(VENV)/ready-dev
	$(BIN)/python -m benchmarks

$(VENV)/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "whyso needs Python 3.11 or later: install it, or say make PYTHON=/path/to/python" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "cannot make $(VENV): on Debian, install python3-venv" >&2; exit 2; }
	@echo "setting up $(VENV), about a minute the first time" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $$($(BIN)/python -c \
		"import tomllib; print(*(repr(d) for d in tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['dev']))" | sed "s/' '/'\n'/g" | tr -d "'" | tr '\n' ' ')
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
