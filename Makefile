# One command each; all of them set up what is missing first.
#   make run    PORT=8501 TUNGNHA_DB=data/tungnha.db
PY := .venv/bin/python
PORT ?= 8501
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run check test coverage bench translations schema screenshots

run: .venv/run  ## serve http://localhost:8501
	$(PY) -m streamlit run app.py --server.port $(PORT)

check: .venv/test  ## while at work: lint, types, the rules of the rooms, and the unit tests but for the long ones
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile -m "not long" tests/unit tests/test_house.py tests/test_writers.py

test: .venv/test  ## lint, then all four layers of tests
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy
	$(PY) -m tests.browser.chromium
	-test -e tests/__pycache__ || $(PY) -m pytest --collect-only -q > /dev/null  # compiles them once, not in each process
	$(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

coverage: .venv/test  ## lines and branches that the tests of unit and screens reach; fails below the floor
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest -n 2 --dist loadfile tests/screens tests/unit
	$(PY) -m coverage combine -q && $(PY) -m coverage report

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
