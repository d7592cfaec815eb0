# Casewatch. `make help` lists what there is.
# A new machine needs Python 3.11 or later with venv, and make. Everything else is fetched and checked by hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A landlord's whole days on NocoDB: they mostly wait, so they run beside the rest, and what they say is shown after it.
# What runs in the background here is deaf to Ctrl-C, which tests/local sends: that one must not.
DAYS := tests/e2e tests/browser

.DEFAULT_GOAL := help
.PHONY: help demo test test-airtable side-by-side check docs prove-coverage prove-mutations prove-letters prove-referrals bench format lock

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(READY)  ## A real NocoDB with a made-up landlord (ARGS=--once stops after the first pass)
	@$(BIN)/casewatch demo $(ARGS)

test: $(READY)  ## Every test, the fast ones first (ARGS=tests/unit for some of them)
ifdef ARGS
	@$(BIN)/python -m pytest $(ARGS)
else
	@said=$$(mktemp); \
	{ $(BIN)/python -m pytest $(DAYS) >$$said 2>&1; } & days=$$!; \
	trap 'pkill -P $$days 2>/dev/null; rm -f $$said' EXIT; \
	$(BIN)/python -m pytest tests $(DAYS:%=--ignore=%); rest=$$?; wait $$days; code=$$?; cat $$said; \
	test $$rest -eq 0 && exit $$code
endif

test-airtable: $(READY)  ## The platform's contract on Airtable itself (needs two tokens and three bases; no part of `make test`)
	@$(BIN)/python -m pytest tests/contracts/live_airtable.py $(ARGS)

side-by-side: $(READY)  ## Contract and stories on a real NocoDB, on Airtable's wire rules and in memory, in one table (some minutes)
	@$(BIN)/python -m tests.coverage.side_by_side $(ARGS)

check: $(READY)  ## Style, types and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

prove-coverage: $(READY)  ## Take each step, gate, rule, letter and referral away and see a test fail (some minutes)
	@$(BIN)/python -m tests.coverage.prove

prove-mutations: $(READY)  ## Change calendar, deadlines and gates a little at a time and see a test fail (some minutes)
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

prove-letters: $(READY)  ## Hostile words in every fact of every letter (ARGS=30000 for so many; some minutes)
	@$(BIN)/python -m tests.letters.fuzz $(ARGS)

prove-referrals: $(READY)  ## Partners that fail in every way and a runner that is killed (ARGS=100 for so many, ARGS=--help; half an hour)
	@$(BIN)/python -m tests.partners.fault_run $(ARGS)

docs: $(READY)  ## Write the pages that are generated
	@$(BIN)/python -m tests.coverage.page
	@$(BIN)/python -m tests.letters.guide
	@$(BIN)/python -m sync.partners.published

bench: $(READY)  ## How fast, against peers and the floor
	@for each in due_dates decide reports letters https airtable_calls; do $(BIN)/python -m benchmarks.$$each || missed="$$missed $$each"; done; \
	    test -z "$$missed" || { echo "Missed:$$missed"; exit 1; }

format: $(READY)  ## Lay the code out
	@$(BIN)/ruff check --fix --select I .
	@$(BIN)/ruff format .

lock: $(READY)  ## Choose versions anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras \
	    --python-version 3.11 --constraint constraints.txt pyproject.toml --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Casewatch needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || { echo "Making $(VENV)"; $(PYTHON) -m venv $(VENV) || \
	    { echo "This Python has no venv: install your system's python3-venv package."; exit 2; }; }
	@echo "Fetching the locked packages (about 900 MB installed, once; a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || \
	    { echo "The packages could not be fetched: check the network and run the same command again."; exit 3; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
