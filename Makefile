# Two commands on a fresh machine: `make site` and `make test`. Each sets up its own environment in .venv, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: pictures shots site serve team team-site test lint format types imports tests unit fuzz tools vscode bench lock dist clean help

help:
	@echo "make site    build this repository's site into site/"
	@echo "make serve   the same with live reload"
	@echo "make team    write a made-up team's knowledge base into .team/, and serve its site; 'make team-site' only builds it"
	@echo "make test    lint, types, import contracts, tests"
	@echo "make format  lay out code, layouts, styles and scripts as lint wants them"
	@echo "make unit    the tests of the rooms below the site, in less than half a minute"
	@echo "make fuzz    give each reader texts that nobody would write, for ten minutes; FUZZ_SECONDS=60 for one"
	@echo "make vscode  the extension for Visual Studio Code, as dist/postmortems.vsix (npm)"
	@echo "make tools   programs of others that some tests and the benchmark need (npm, for vnu a Java runtime)"
	@echo "make bench   speed and memory, as ratios in one run; SIZES=10000,100000 for more than 200 and 1,000"
	@echo "make shots   pictures of every kind of page, and the sheets of them in the guide; needs Chromium"
	@echo "make dist    build both distributions and check the wheel in a fresh environment"
	@echo "make clean   remove what the others made"

# Made anew only when the dependencies or the package's metadata change, so a second run starts at once.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with PYTHON=...")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

site: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "The site is in $(CURDIR)/site; 'make serve' shows it at http://127.0.0.1:8000 with live reload"

serve: $(READY)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

# The README's, of a page as it is now; needs Chromium.
pictures: site
	$(BIN)/python -m tests.browser.pictures site .github/pictures

# Every kind of page as a reviewer sees it: our site, a team's of 200, one with three incidents, and a team's first day.
# The first screens go into the guide, so that a review shows what a change did to them; whole pages stay in .shots.
THREE := 2017/01-gitlab-database-deletion 2018/01-github-mysql-split 2021/02-fastly-config-bug
shots: site team-site
	rm -rf .shots && mkdir -p .shots
	$(BIN)/postmortems init .shots/first --yes --ci none --name Checkout > .shots/init.txt
	cp -R .shots/first .shots/three && cp docs/patterns/*.md .shots/three/docs/patterns/
	for each in $(THREE); do mkdir -p .shots/three/docs/postmortems/$$each && cp -R docs/postmortems/$$each/. .shots/three/docs/postmortems/$$each; done
	for each in first three; do (cd .shots/$$each && NO_MKDOCS_2_WARNING=1 $(CURDIR)/$(BIN)/mkdocs build --quiet) || exit 1; done
	$(BIN)/python -m tests.browser.shots .shots docs/guide/shots own=site team=.team/site three=.shots/three/site first=.shots/first/site

# A complete collection, beside our own, which is a sample: every page is worth a look in both.
TEAM ?= --count 200 --years 3 --register

.team/mkdocs.yml: $(READY) $(wildcard benchmarks/*.py) benchmarks/team_mkdocs.yml
	rm -rf .team
	$(BIN)/python -m benchmarks.generate .team $(TEAM)

team-site: .team/mkdocs.yml
	@cd .team && NO_MKDOCS_2_WARNING=1 $(CURDIR)/$(BIN)/mkdocs build --strict --quiet
	@echo "The team's site is in $(CURDIR)/.team/site; 'make team' shows it at http://127.0.0.1:8000 with live reload"

team: .team/mkdocs.yml
	@cd .team && NO_MKDOCS_2_WARNING=1 $(CURDIR)/$(BIN)/mkdocs serve

test: lint types imports tests

# Styles and scripts are looked at where `make tools` has been, as in CI.
PRETTIER := tests/tools/node_modules/.bin/prettier
# The theme's partials are Material's, but for a line or two: they stay as it lays them out, to be compared with it.
LAYOUTS := plugins/postmortems/render/layouts plugins/postmortems/publish/theme/postmortems.html plugins/postmortems/publish/theme/404.html
STYLES_AND_SCRIPTS := "plugins/**/*.{css,js}" "editors/vscode/*.{js,json}"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djangofmt --quiet --check $(LAYOUTS)
	@if [ -x $(PRETTIER) ] || [ -n "$$POSTMORTEMS_NEED_TOOLS" ]; then $(PRETTIER) --check --log-level warn $(STYLES_AND_SCRIPTS); \
	else echo "styles and scripts were not looked at: 'make tools' installs what does"; fi

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/djangofmt --quiet $(LAYOUTS)
	@if [ -x $(PRETTIER) ]; then $(PRETTIER) --write --log-level warn $(STYLES_AND_SCRIPTS); fi

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports

tests: $(READY)
	$(BIN)/pytest --numprocesses=auto --dist=worksteal

# The rooms that need neither a site nor a command, without what is large on purpose; `make test` runs all of it.
unit: $(READY)
	$(BIN)/pytest --numprocesses=auto --dist=worksteal -m "not large" --hypothesis-profile=brief tests/text tests/model tests/language tests/read tests/check tests/analyse tests/fix

fuzz: $(READY)
	nice $(BIN)/python -m tests.fuzz $(FUZZ)

TOOLS := tests/tools/node_modules/.ready

VSCODE := editors/vscode/node_modules/.ready

tools: $(TOOLS) $(VSCODE)

$(TOOLS): tests/tools/package.json tests/tools/.npmrc
	cd tests/tools && npm install --silent
	@touch $@

$(VSCODE): editors/vscode/package.json editors/vscode/.npmrc
	cd editors/vscode && npm install --silent
	@touch $@

# The extension for Visual Studio Code, as a file that it installs; `make tools` fetches what is packed into it.
vscode: $(VSCODE)
	@mkdir -p dist
	@cp LICENSE editors/vscode/LICENSE
	cd editors/vscode && npm run --silent package -- --out ../../dist/postmortems.vsix

# The large sizes take long: `make bench SIZES=10000,100000`.
bench: $(READY) $(TOOLS)
	$(BIN)/python -m benchmarks.bench $(if $(SIZES),--sizes $(SIZES))

# The lock file names no package index. `uv` is the only tool that is not locked itself.
lock:
	uv pip compile pyproject.toml --extra dev --extra lsp --extra mcp --universal --python-version 3.11 --no-header --no-annotate --generate-hashes --output-file requirements.lock
	for list in tests/neighbours/*.in; do uv pip compile pyproject.toml $$list --universal --python-version 3.11 --no-header --no-annotate --output-file $${list%.in}.txt; done

# Both distributions, and proof that the wheel alone builds this repository's site in an environment of its own.
dist: $(READY)
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(PYTHON) -m venv --clear dist/check
	dist/check/bin/pip install --quiet --disable-pip-version-check dist/*.whl
	NO_MKDOCS_2_WARNING=1 dist/check/bin/mkdocs build --strict --quiet --site-dir dist/check/site
	dist/check/bin/postmortems check --strict
	rm -rf dist/check

clean:
	rm -rf $(VENV) tests/tools/node_modules editors/vscode/node_modules site .team dist .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
