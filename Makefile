# The catalogue in two commands: `make run` and `make test`. See README.md.
# Each target sets up what it needs (.venv, and for tests also servers and a browser) by itself.
.DEFAULT_GOAL := help
.PHONY: help run test dev lint messages demo-expo bench lighthouse

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Serve the catalogue with demo data on http://localhost:8000 (PORT=… for another)
	@tools/setup.sh run
	@.venv/bin/python tools/run.py

test: ## Check style and run all tests, on SQLite and on PostgreSQL
	@tools/setup.sh dev
	@tools/test.sh

dev: ## Serve with the development server: reloads, shows errors, catches mail
	@tools/setup.sh dev
	@.venv/bin/python tools/run.py dev

lint: ## Check style, formatting and the direction of imports
	@tools/setup.sh dev
	@tools/lint.sh

messages: ## Gather the texts to translate into locale/, and compile them
	@tools/setup.sh dev
	@.venv/bin/python tools/messages.py

demo-expo: ## Move the invented expo into the future, once it has passed
	@tools/setup.sh run
	@.venv/bin/python manage.py demo_expo

bench: ## Measure what pages cost beside the barest Django view (BENCH="--full --write")
	@tools/setup.sh dev
	@.venv/bin/python tools/bench.py $(BENCH)

lighthouse: ## Measure the main pages with Lighthouse (downloads it; not part of the tests)
	@tools/setup.sh dev
	@.venv/bin/python tools/lighthouse.py
