# Image retrieval course. `make run`, `make lab`; every target first installs what it needs into .venv.

PYTHON ?= python3
PROFILE := $(or $(COURSE_PROFILE),drawn)
# told before minutes of installation
ifeq ($(filter drawn real,$(PROFILE)),)
$(error COURSE_PROFILE is '$(PROFILE)'; set it to drawn (once called mini) or to real (once called full))
endif
READY := .venv/.ready
PY := .venv/bin/python

# Linux gives the memory of every large tensor back and asks for it anew; kept, networks compute up to twice as fast
export MALLOC_MMAP_THRESHOLD_ ?= 1073741824
export MALLOC_TRIM_THRESHOLD_ ?= 1073741824

# an environment that was made for another folder (this one was renamed or copied) is made anew
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

.DEFAULT_GOAL := help
.PHONY: help run lab app data results clean

help::
	@echo "make run      install, draw the course's pictures, execute every lesson, print the tables;"
	@echo "              DEEPER=1: also the notebooks that go further"
	@echo "make lab      open the lessons in JupyterLab"
	@echo "make app FOLDER=~/Pictures   search a folder of your own by picture, by sentence, by both; nothing in it is changed"
	@echo "make data     draw the pictures only"
	@echo "make results  execute the lessons with longer settings; store the tables in results/"
	@echo "make clean    remove .venv, the drawn data and everything built"
	@echo
	@echo "Python 3.11 or newer is needed; another one than python3:  make run PYTHON=python3.12"
	@echo "Real data instead of drawn:  make run COURSE_PROFILE=real COURSE_DATA=/folder/of/your/data"

# $(call install,.[scale]) installs the course with lesson 08's engines, $(call install,.[test]) what authors.mk needs
install = if command -v uv >/dev/null; then uv pip install --quiet --python $(PY) -e "$(1)" -c constraints.txt; \
  else $(PY) -m pip install --quiet --disable-pip-version-check -e "$(1)" -c constraints.txt; fi

# An installation that was cut short leaves no .ready, so the next one starts from nothing.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, $(PYTHON) is: $$($(PYTHON) --version 2>&1). Name another one:  make PYTHON=python3.12" >&2; exit 1; }
	@if [ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] && $(PY) -c '' 2>/dev/null; then rm $@; else \
	  echo "making the environment .venv (a few minutes the first time) ..."; rm -rf .venv; \
	  $(PYTHON) -m venv .venv || { echo "Python could not make .venv; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }; fi
	@$(call install,.[scale])
	@printf '%s\n' "$(CURDIR)" > $@

data: $(READY)
ifeq ($(PROFILE),drawn)
	@$(PY) -m data_scripts draw
endif

run: data
	@$(PY) -m course_utils.teaching run $(if $(DEEPER),--deeper)

# the first world alone: a lesson draws the others when it first asks for them
lab: $(READY)
ifeq ($(PROFILE),drawn)
	@$(PY) -m data_scripts draw mit_split
endif
	$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb --LabApp.news_url=None

app: $(READY)
	@test -n "$(FOLDER)" || { echo "name the folder of your pictures:  make app FOLDER=~/Pictures" >&2; exit 1; }
	@OMP_NUM_THREADS=1 $(PY) -m course_utils.app "$(FOLDER)" $(OPTIONS)

results: data
	@$(PY) -m course_utils.teaching results $(if $(DEEPER),--deeper)

clean:
	rm -rf .venv build data/drawn *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# what authors and instructors need; the student edition has no such file
-include authors.mk
