# make try    start Candor with a local Slack-like workspace, in the browser
#             MODEL=llama3.2 uses that model of a server on this machine, PORT=4300 takes that port
# make test   every check there is
# Both set everything up first. They need git, make and Python 3.11 to 3.13 with venv.

# Dozens of processes import the same libraries: compiled once, whatever the surroundings say.
export PYTHONDONTWRITEBYTECODE :=

UV_VERSION := 0.13.9
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do "$$p" -c "$(FITS)" 2>/dev/null && echo "$$p" && break; done)
OWN_UV := .uv/bin/uv
UV := $(or $(shell uv --version 2>/dev/null | grep -qE '^uv (0\.([5-9]|[1-9][0-9])|[1-9])' && command -v uv),$(OWN_UV))
BIN := .venv/bin
# What reaches every line of core and flows; tracing doubles the time of a test, so no others are measured.
MEASURED := tests/core tests/flows tests/guidelines tests/slack $(patsubst %,tests/rules/test_%.py,claims facts files matching personas posts terms variants)

.PHONY: try test format lint types imports tests compiled measured journeys journeys-on-postgresql benchmarks lock clean

# Imports, types and the measured tests use a processor each for a while, the journeys wait a good deal: all beside each
# other. What the first three say is told at their end, in one piece.
test: lint
	@$(MAKE) --no-print-directory -j4 told-imports told-types told-measured journeys

told-measured journeys: compiled

# Once, before seven processes do it beside each other. What cannot be collected is told by whoever runs it.
compiled: .venv/.dev
	@$(BIN)/pytest -qq --collect-only tests >/dev/null || true

told-%: .venv/.dev
	@$(MAKE) --no-print-directory $* >.$*.log 2>&1 || { cat .$*.log; exit 1; }
	@grep -E "passed|errors|kept" .$*.log


.venv/.made: Makefile
	@test -n "$(PYTHON)" || { echo "Candor needs Python 3.11, 3.12 or 3.13 with venv; on Debian: apt install python3 python3-venv"; exit 1; }
	@echo "Setting up Candor, once; about half a minute."
	@test "$(UV)" != "$(OWN_UV)" || $(MAKE) --no-print-directory $(OWN_UV)
	@test -x $(BIN)/python || $(UV) venv --quiet --python "$(PYTHON)" .venv
	@touch $@

# A uv that is on this machine already does as well, but for locking.
$(OWN_UV):
	@echo "  uv, which installs the rest ..."
	@"$(PYTHON)" -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { echo "uv could not be installed: is the package index reachable? Try: .uv/bin/python -m pip install uv"; exit 1; }

.venv/.runtime: .venv/.made requirements.txt pyproject.toml
	@echo "  what Candor needs ..."
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

.venv/.dev: .venv/.made requirements-dev.txt pyproject.toml
	@echo "  what the tests need ..."
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@ .venv/.runtime

# A PORT or MODEL in the environment is often there for something else, so it isn't taken, but somebody may have meant it.
try: .venv/.runtime
	@$(foreach name,PORT MODEL,$(if $(filter environment,$(origin $(name))),echo "$(name) from the environment isn't used here. To use it: make try $(name)=$$$(name)";))
	@$(BIN)/candor try $(if $(filter command,$(origin PORT)),--port "$(PORT)") $(if $(filter command,$(origin MODEL)),--model "$(MODEL)")

format: .venv/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: .venv/.dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

imports: .venv/.dev
	@$(BIN)/lint-imports --no-cache

types: .venv/.dev
	@$(BIN)/pyright --warnings

tests: .venv/.dev
	@$(BIN)/pytest -q -n 4

# They use one processor, so the types are checked beside them.
measured: .venv/.dev
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -q $(MEASURED)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=100

# Everything else: fixed rules, the house, processes, servers, databases, the browser.
journeys: .venv/.dev
	@$(BIN)/pytest -q -n 6 --dist worksteal $(MEASURED:%=--ignore=%)

journeys-on-postgresql: .venv/.dev
	@JOURNEYS_DATABASE=postgresql $(BIN)/pytest -q -n 3 tests/journeys

# Well over an hour with nothing else running; see benchmarks/__main__.py. QUICK=1 only tries that each of them works.
benchmarks: .venv/.dev
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

lock: $(OWN_UV)
	@$(OWN_UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra workspace --extra brandbook pyproject.toml -o requirements.txt
	@$(OWN_UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --extra workspace --extra brandbook --group dev pyproject.toml -o requirements-dev.txt
	@echo 'hatchling>=1.27' | $(OWN_UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 -c requirements.txt - -o requirements-build.txt

clean:
	@rm -rf .uv .venv build dist .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* .imports.log .types.log .measured.log
