# Every target sets up .venv from requirements.lock by itself; nothing else needs to be installed.
PYTHON ?= python3
BIN := .venv/bin
# Importing TensorFlow from uncompiled files takes four times as long, so compiling is not optional.
COMPILED := env -u PYTHONDONTWRITEBYTECODE
# One test process per processor; `worksteal`, as some tests take a second and some a minute.
PYTEST := $(BIN)/pytest -n auto --dist worksteal

.PHONY: help setup demo test test-all test-quick faults chaos lint format audit calibrate stability security bench bench-shares bench-growth bench-kernels bench-epochs bench-gradebook bench-parsing lab-full pictures docs release lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: .venv/.installed  ## create .venv from the lock file

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else \
	  "Glovebox needs Python 3.11, 3.12 or 3.13, not " + sys.version.split()[0] + \
	  "; name one: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv (about 1.5 GB, a few minutes the first time) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(COMPILED) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(COMPILED) $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m pip check
	@touch $@

demo: setup  ## release, grade and report a class of specimens in demo/, three of five assignments
	@$(BIN)/glovebox demo tokenizer glove_matrix frozen_embedding

test: setup  ## all tests, with a part of the specimens and mutants, another one each time
	$(PYTEST) --durations=25

test-all: setup  ## all tests, with every specimen (more than an hour on two processors)
	GLOVEBOX_ALL=1 $(PYTEST) --durations=25

test-quick: setup  ## the tests of the inner loop
	$(PYTEST) -m "not slow and not real_data"

faults: setup  ## 216 faults injected into grading at random moments (20 minutes on two processors)
	GLOVEBOX_INJECTIONS=216 $(PYTEST) tests/glovebox/test_faults.py

chaos: setup  ## 100 submissions on Dask while its workers are killed, on SQLite and PostgreSQL
	GLOVEBOX_CHAOS=100 $(BIN)/pytest -s tests/glovebox/test_chaos.py

lint: setup  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup  ## let ruff rewrite what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

audit: setup  ## grade every specimen and every mutant (resumes); writes docs/audit.md
	$(BIN)/glovebox audit --mutants all --page docs/audit.md --ledger .audit.jsonl

calibrate: setup  ## derive the accuracies asked for from 2,000 trainings; writes docs/calibration*.md
	$(BIN)/glovebox calibrate learned_embedding --page docs/calibration-learned_embedding.md \
	  --picture docs/calibration-learned_embedding.png
	$(BIN)/glovebox calibrate frozen_embedding --page docs/calibration.md \
	  --picture docs/calibration-frozen_embedding.png
	$(BIN)/glovebox calibrate data_size --wrong-runs 50 --page docs/calibration-data_size.md \
	  --picture docs/calibration-data_size.png

stability: setup  ## grade nine submissions 50 times each (about an hour on two processors)
	GLOVEBOX_GRADINGS=50 $(PYTEST) tests/glovebox/test_stability.py

security: setup  ## grade every hostile specimen; writes the table of docs/security.md
	$(BIN)/glovebox audit --match hostile/ --page docs/security.md

bench: setup  ## a class of 40 graded by nbgrader, otter and Glovebox (hours; resumes); writes docs/benchmarks.md
	$(BIN)/python benchmarks/side_by_side.py

bench-shares: setup  ## where the time of one grading goes (ten minutes); writes its part of docs/benchmarks.md
	$(BIN)/python benchmarks/shares.py

bench-growth: setup  ## classes of 10 to 300 submissions (half an hour); writes its part of docs/benchmarks.md
	$(BIN)/python benchmarks/growth.py

bench-kernels: setup  ## kernels cold and warm, one submission, 1,000 forks; writes docs/kernels.md
	$(BIN)/python benchmarks/kernels.py

bench-epochs: setup  ## what competing trainings lose at the end of each epoch; writes its part of docs/benchmarks.md
	$(BIN)/python benchmarks/epochs.py

bench-gradebook: setup  ## record, export and show the marks of 1,000 students; writes docs/gradebook.md
	$(BIN)/python benchmarks/gradebook.py

bench-parsing: setup  ## read a GloVe file of full size in several ways; writes docs/parsing.md
	$(BIN)/python benchmarks/parsing.py

lab-full: setup  ## all notebooks and the chapter's figures on the full data; writes docs/real-data.md
	$(BIN)/python -m course.lab --page docs/real-data.md

pictures: setup  ## photograph the pages, the formgrader and JupyterLab; writes docs/pictures/
	mkdir -p docs/pictures
	GLOVEBOX_PICTURES=docs/pictures $(BIN)/pytest tests/glovebox/test_browser_round.py tests/glovebox/test_browser_pages.py

docs: setup  ## the documentation as a site in build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

release: setup  ## write release/ from source/
	for folder in source/*/; do $(BIN)/nbgrader generate_assignment --force "$$(basename $$folder)" || exit; done

lock: setup  ## pin the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile pyproject.toml --extra cluster --extra docs --extra postgresql --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --quiet --output-file requirements.lock

clean:  ## remove what was generated, but not .venv
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
