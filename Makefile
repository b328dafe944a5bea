# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
.POSIX:
.NOTPARALLEL:
.PHONY: help demo test check lint lock upgrade frontend bench bench-brokers bench-measures \
  bench-records truth calibration fuzz screenshot system clean

USE = .venv/use.stamp
TEST = .venv/test.stamp
NODE = frontend/node_modules/ringmap.stamp
DUCKDB = .venv/bench/duckdb/__init__.py
PROJECT = pyproject.toml hatch_build.py src/ringmap/__init__.py tools/prepare.sh \
  $(wildcard src/ringmap/kernels/*.[ch])
ARGS =
SECONDS = 60

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(USE) ## install ringmap here, draw the sample case and open its ring map
	@.venv/bin/ringmap demo $${CI:+--no-open} $(ARGS)

test: system $(TEST) $(NODE) ## install what the tests need, Chromium included, and run every check
	@sh tests/check.sh

check: $(TEST) ## the same checks, with the programs that are already here
	@sh tests/check.sh

lint: $(TEST) ## the checks that run nothing of ringmap: format, lint, types, imports
	@sh tests/check.sh lint

lock: $(TEST) ## write requirements/*.lock after a change of pyproject.toml
	@sh tools/lock.sh

upgrade: $(TEST) ## the same, taking the newest version of everything
	@sh tools/lock.sh --upgrade

frontend: $(NODE) ## build the page's script and style into src/ringmap/view/assets
	@cd frontend && npm run --silent build

bench: $(TEST) $(DUCKDB) ## the three below in less than ten minutes, and one table of all
	@PYTHONPATH=.venv/bench .venv/bin/python benchmarks/whole.py

bench-brokers: $(TEST) ## time ringmap from files to brokers beside pandas with networkx and igraph
	@.venv/bin/python benchmarks/load_to_brokers.py $(ARGS)

bench-measures: $(TEST) $(DUCKDB) ## time measures beside igraph, networkx and DuckDB
	@PYTHONPATH=.venv/bench .venv/bin/python benchmarks/measures.py $(ARGS)

bench-records: $(TEST) ## time the reading of records beside pandas with networkx
	@.venv/bin/python benchmarks/records.py $(ARGS)

truth: $(TEST) ## score ringmap and common ways against the truth of invented cases
	@.venv/bin/python benchmarks/truth.py $(ARGS)

calibration: $(TEST) ## write docs/calibration.md: figures of each profile beside the result
	@.venv/bin/python tools/write_calibration.py

fuzz: $(TEST) ## fuzz each reader of records for SECONDS (60), or those in ARGS
	@[ -d .venv/fuzz/atheris ] || .venv/bin/python -m pip install --quiet --no-input \
	  --disable-pip-version-check --only-binary :all: --target .venv/fuzz atheris==3.0.0
	@PYTHONPATH=tests:.venv/fuzz .venv/bin/python tests/fuzz/run.py -- $(SECONDS) $(ARGS)

screenshot: system $(TEST) ## take docs/images/ring-map.png again
	@.venv/bin/python tools/screenshot.py

system: ## install Chromium, Firefox and node where they are missing
	@sh tools/prepare.sh system

clean: ## remove what these commands made: .venv, node_modules, caches
	rm -rf .venv frontend/node_modules dist ringmap-demo fuzz-found
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(USE): requirements/run.lock $(PROJECT)
	@sh tools/prepare.sh use
	@touch $(USE)

$(TEST): requirements/dev.lock $(PROJECT)
	@sh tools/prepare.sh test
	@touch $(TEST) $(USE)

$(NODE): frontend/package-lock.json
	@sh tools/prepare.sh system
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $(NODE)

$(DUCKDB):
	@.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
	  --only-binary :all: --no-deps --target .venv/bench duckdb==2.0.0
