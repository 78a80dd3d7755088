# One command each; all of them set up what is missing first.
#   make run    PORT=8501 TUNGNHA_DB=data/tungnha.db
PY := .venv/bin/python
PORT ?= 8501
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test bench translations schema screenshots

run: .venv/run  ## serve http://localhost:8501
	$(PY) -m streamlit run app.py --server.port $(PORT)

test: .venv/test  ## lint, then all four layers of tests
	$(PY) -m ruff check . && $(PY) -m ruff format --check .
	$(PY) -m tests.browser.chromium
	-$(PY) -m pytest --collect-only -q > /dev/null  # compiles the tests once, not once in each process; faults are told below
	$(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

bench: .venv/test  ## speed, as ratios within one run; also writes bench.json
	$(PY) -m tests.bench

translations: .venv/test  ## bring the Vietnamese catalogue in step with the code and compile it
	$(PY) -m tests.catalogue

schema: .venv/run  ## rebuild db/schema.sql from the migrations
	$(PY) -m lib.operations.schema_file

screenshots: .venv/test  ## take the pictures of the README again
	$(PY) -m tests.browser.screenshots

.venv/run: requirements.txt
	python3 -c 'import sys; sys.exit("Từng Nhà needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install -q -r requirements.txt
	touch $@

.venv/test: .venv/run tests/requirements.txt
	$(PY) -m pip install -q -r tests/requirements.txt
	touch $@
