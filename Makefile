# The project's commands. Each one does all of its own set-up, in .venv and tests/official_client/node_modules; nothing is
# installed outside this folder, and a second run finds the stamps and starts at once.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Where bytecode is not to be written (Docker's default), every one of some hundred interpreters that the suite starts would compile
# the kit, and every pytest rewrite its tests, again.
unexport PYTHONDONTWRITEBYTECODE

# The Python that makes .venv (>= 3.11): `make PYTHON=python3.13 test` for another one.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
JUDGE := tests/official_client

# How many processes the tests run in: `make WORKERS=0 test` for one, as a debugger wants it.
WORKERS ?= auto

# The official client needs node; where it is not installed its tests say so and are skipped (in CI they fail).
NODE_STAMP := $(if $(shell command -v npm 2>/dev/null),$(JUDGE)/node_modules/.stamp,)

.PHONY: help setup test browser demo check format bench peers thorough cover floors docs docs-serve clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/.stamp $(NODE_STAMP) ## build .venv (the other commands do it by themselves)

# The installer first, at its tested version: the one that comes with an old Python does not know dependency groups.
# Then one resolution of everything, held to the tested set.
.venv/.stamp: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": make PYTHON=/path/to/python3.11 setup")'
	@test -x $(PY) || { echo "making .venv"; $(PYTHON) -m venv .venv; }
	@echo "installing into .venv"
	@$(PIP) install --constraint constraints.txt pip hatchling
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[testing,forms,pydantic,show,soak]' --group dev
	@touch $@

$(JUDGE)/node_modules/.stamp: $(JUDGE)/package.json $(JUDGE)/package-lock.json
	@echo "installing the official client into $(JUDGE)/node_modules"
	@cd $(JUDGE) && npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

test: setup ## all tests
	@$(PY) -m pytest -m 'not browser' -n $(WORKERS) --dist worksteal $(ARGS)

browser: setup ## the tests that ask a real Chromium (which must be installed)
	@$(PY) -m pytest -m browser -n $(WORKERS) --dist worksteal tests/chromium $(ARGS)

demo: setup ## play the chat scenario and print its story
	@$(BIN)/liveview run scenarios/chat.py

check: setup ## format, lint, types, import arrows
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyright
	@$(BIN)/mypy
	@$(PY) -m pytest -q tests/test_arrows.py

format: setup ## rewrite the files as `make check` wants them
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## speed and memory, as ratios measured in one run
	@$(PY) -m benchmarks

peers: setup ## the test kits of others beside ours, each in an environment of its own in .peers
	@$(PY) -m benchmarks.peers $(ARGS)

thorough: setup ## the properties with many more examples (tens of minutes)
	@$(PY) -m pytest --hypothesis-profile=thorough $(ARGS)

cover: setup ## all tests, and which lines of core and kit none of them reaches
	@.ci/cover $(PYTHON) $(WORKERS) $(ARGS)

# Two environments of their own, made anew: the kit's tests with the lowest versions, and with today's on every Python that
# `PYTHONS` names. No pyproject settings that only our own snapshots need: those are the scenarios'.
PYTHONS ?= $(PYTHON)
KIT := $(addprefix tests/,browser command_line failures record user world test_laws.py test_plugin.py test_strategies.py test_watching.py) \
	tests/values/test_declaring.py tests/forms

floors: ## the kit's tests with the lowest versions we promise, and on each of PYTHONS="python3.12 …"
	@.ci/floors floors.txt $(PYTHON) $(WORKERS) $(KIT)
	@for python in $(PYTHONS); do .ci/floors constraints.txt $$python $(WORKERS) $(KIT); done

# The generator is not part of .venv until somebody builds the site.
.venv/.docs: .venv/.stamp
	@echo "installing the site's generator into .venv"
	@$(PIP) install --constraint constraints.txt --group docs
	@touch $@

docs: setup .venv/.docs ## build the site into .site/html, strictly: pictures, links and pages must be there
	@$(PY) -m docs.build --strict

docs-serve: setup .venv/.docs ## build the site and serve it on this machine
	@$(PY) -m docs.build --serve

clean: ## forget everything that was built
	@rm -rf .venv $(JUDGE)/node_modules dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .floors .peers .site .cover .coverage .coverage.*
