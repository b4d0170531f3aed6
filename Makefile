# Every target sets up what it needs: Python >= 3.11 and make are enough.
#   make generate    specs/ -> generated/
#   make test        all checks, then all tests
#   make check       lint, format, types, layers
#   make lock        resolve the pins again (UPGRADE=--upgrade takes newer versions)
#   make build       wheel and sdist in dist/
#   make clean       remove the environment and every cache

PYTHON  ?= python3
VENV    ?= .venv
WORKERS ?= 2
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.apictl-installed
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)
UPGRADE ?=

# Hundreds of processes are started by the tests: each would compile what it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := test
.PHONY: build check clean format generate install lock test
.DELETE_ON_ERROR:

install: $(STAMP)

generate: $(STAMP)
	$(BIN)/apictl generate

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml
	$(BIN)/apictl generate --check

test: check
	$(BIN)/python -m pytest -n $(WORKERS)

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(STAMP)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --extra brokers --constraints requirements.txt --output-file requirements-dev.txt

build: $(STAMP)
	$(BIN)/python -m hatchling build

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .import_linter_cache .apictl
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is younger than the pins exactly when the environment holds them. The environment is made anew only when its
# interpreter is missing or too old, so one that was made by hand is kept and completed.
$(STAMP): requirements-dev.txt pyproject.toml
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "apictl needs Python 3.11 or newer, PYTHON=$(PYTHON) is " + sys.version.split()[0])' \
	       && $(PYTHON) -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
