# Image retrieval course. `make run`, `make test`, `make lab`; every target first installs what it needs into .venv.

PYTHON ?= python3
PROFILE := $(or $(COURSE_PROFILE),mini)
READY := .venv/.ready
PY := .venv/bin/python
JOBS ?= 2

# an environment that was made for another folder (this one was renamed or copied) is made anew
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

.DEFAULT_GOAL := help
.PHONY: help run test lab data results refresh release grade feedback grades student pins clean

help:
	@echo "make run      install, draw the mini data, execute every lesson, print the tables beside the papers'"
	@echo "make lab      open the lessons in JupyterLab"
	@echo "make test     style, unit tests, stored outputs, and every lesson against its stored outputs"
	@echo "make data     draw the mini data only"
	@echo "make results  execute the lessons with longer settings; store the tables in results/ and README.md"
	@echo "make refresh  execute the lessons in place, to store new outputs (for authors)"
	@echo "make release  make the exercises that students get            (these five: docs/instructors.md;"
	@echo "make grade    grade what was handed in below grading/submitted  one assignment: ASSIGNMENT=03)"
	@echo "make feedback write a page for each graded submission"
	@echo "make grades   write all marks to grading/grades.csv"
	@echo "make student  pack lessons and unsolved exercises into one archive"
	@echo "make clean    remove .venv, the drawn data and everything built"
	@echo
	@echo "Python 3.11 or newer is needed; another one than python3:  make run PYTHON=python3.12"
	@echo "Real data instead of drawn:  make run COURSE_PROFILE=full COURSE_DATA=/folder/of/your/data"

# An installation that was cut short leaves no .ready, so the next one starts from nothing.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, $(PYTHON) is: $$($(PYTHON) --version 2>&1). Name another one:  make PYTHON=python3.12" >&2; exit 1; }
	@if [ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] && $(PY) -c '' 2>/dev/null; then rm $@; else \
	  echo "making the environment .venv (a few minutes the first time) ..."; rm -rf .venv; \
	  $(PYTHON) -m venv .venv || { echo "Python could not make .venv; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }; fi
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(PY) -e ".[test]" -c constraints.txt; \
	  else $(PY) -m pip install --quiet --disable-pip-version-check -e ".[test]" -c constraints.txt; fi
	@printf '%s\n' "$(CURDIR)" > $@

data: $(READY)
ifeq ($(PROFILE),mini)
	@$(PY) -m data_scripts mini
endif

run: data
	@$(PY) -m course_utils.lessons run

lab: data
	$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb --LabApp.news_url=None

# The lessons run side by side on one thread each; their tables go to a folder of their own.
test: export COURSE_PROFILE := mini
test: export OMP_NUM_THREADS := 1
test: export MKL_NUM_THREADS := 1
test: $(READY)
	@$(PY) -m data_scripts mini
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
	COURSE_RESULTS="$(CURDIR)/build/test/results" $(PY) -m pytest notebooks --ignore=notebooks/exercises --nbval-lax --nbval-current-env \
	  --nbval-cell-timeout=600 -n $(JOBS) --dist loadscope

results: data
	@$(PY) -m course_utils.lessons results

refresh: data
	@$(PY) -m course_utils.lessons refresh

# the instructor's side of the exercises; ASSIGNMENT=03 (or several: "01 03") leaves the others alone, AGAIN=1 grades anew
release grade feedback grades student: $(READY)
	@$(PY) -m course_utils.grading $@ $(ASSIGNMENT) $(if $(AGAIN),--again)

pins: $(READY)
	{ sed -n '/^#/p' constraints.txt; $(PY) -m pip freeze --exclude-editable | grep '==' | grep -viE '^(nvidia|triton|cuda)'; } > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv build data/mini *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
