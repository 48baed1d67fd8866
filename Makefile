# The commands of the house. Every one works in a fresh clone: the first call installs what it needs into .venv.
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
export PORT VENV

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench screenshots translations lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

run: ## Serve the site with sample content on http://127.0.0.1:8000 (PORT=8001 for another)
	@$(PYTHON) deploy/bootstrap.py requirements.lock
	@$(BIN)/python deploy/quickstart.py

test: ## Run all tests on SQLite and on PostgreSQL (ARGS="-k agenda" for some)
	@$(PYTHON) deploy/bootstrap.py requirements-dev.lock
	@$(BIN)/python tests/run.py $(ARGS)

lint: ## Check style, types, imports, settings, migrations and translations
	@$(PYTHON) deploy/bootstrap.py requirements-dev.lock
	@$(BIN)/python deploy/lint.py

format: ## Put Python code into the common style
	@$(PYTHON) deploy/bootstrap.py requirements-dev.lock
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

bench: ## Compare public pages, and registration (ROWS=0,10000,1000000 people before), with bare Django views
	@$(PYTHON) deploy/bootstrap.py requirements.lock
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/registrations.py

screenshots: ## Take the pictures of docs/screenshots anew (needs Chromium; ARGS="news agenda" for some)
	@$(PYTHON) deploy/bootstrap.py requirements-dev.lock
	@$(BIN)/python docs/screenshots.py $(ARGS)

translations: ## Collect new sentences into the .po files (needs gettext) and compile them
	@$(PYTHON) deploy/bootstrap.py requirements.lock
	@$(BIN)/python deploy/translations.py collect compile

lock: ## Renew the lock files from requirements.txt and requirements-dev.txt
	@$(PYTHON) deploy/bootstrap.py requirements-dev.lock
	@$(BIN)/python deploy/lock.py

clean: ## Remove caches and the virtual environment; var/ with your data stays
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
