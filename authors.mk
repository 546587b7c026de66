# For authors and instructors (tests, stored outputs, grading); the Makefile includes it, students do not get it.

JOBS ?= 2
TESTED := .venv/.ready-test

.PHONY: test refresh book slides release grade feedback grades exercises student pins

help::
	@echo
	@echo "make test     style, unit tests, stored outputs, every lesson against its stored outputs; deeper notebooks only"
	@echo "              where something they are made from has changed, all of them with DEEPER=1"
	@echo "make refresh  execute the lessons in place, to store new outputs; make results prints its tables into README.md and docs/results.md"
	@echo "make book     all lessons and pages as a web site in build/book, readable without a network"
	@echo "make slides   a deck of slides for each lesson in build/slides"
	@echo "make pins     constraints.txt anew, from what is in .venv"
	@echo
	@echo "Exercises (docs/instructors.md; one assignment: ASSIGNMENT=03):"
	@echo "make release  make the exercises that students get"
	@echo "make grade    grade what was handed in below grading/submitted"
	@echo "make feedback write a page for each graded submission"
	@echo "make grades   write all marks to grading/grades.csv"
	@echo "make exercises  the unsolved exercises that lessons link to, anew from their solved sources"
	@echo "make student  pack lessons and unsolved exercises into one archive"

$(TESTED): $(READY)
	@echo "installing what tests, authors and instructors need ..."
	@$(call install,.[test])
	@touch $@

# The lessons run side by side on one thread each; their tables go to a folder of their own.
test: export COURSE_PROFILE := drawn
test: export OMP_NUM_THREADS := 1
test: export MKL_NUM_THREADS := 1
test: $(TESTED)
	@$(PY) -m data_scripts draw
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
	COURSE_RESULTS="$(CURDIR)/build/test/results" $(PY) -m pytest notebooks/[0-9]*.ipynb \
	  $(if $(DEEPER),notebooks/deeper,$$($(PY) -m course_utils.teaching stale)) --nbval-lax --nbval-current-env \
	  --nbval-cell-timeout=600 -n $(JOBS) --dist loadscope

refresh: data
	@$(PY) -m course_utils.teaching refresh

book slides: $(TESTED)
	@$(PY) docs/make_$@.py

# the instructor's side of the exercises; ASSIGNMENT=03 (or several: "01 03") leaves the others alone, AGAIN=1 grades anew
release grade feedback grades exercises student: $(TESTED)
	@$(PY) -m course_utils.teaching.grading $@ $(ASSIGNMENT) $(if $(AGAIN),--again)

pins: $(TESTED)
	{ sed -n '/^#/p' constraints.txt; $(PY) -m pip freeze --exclude-editable | grep '==' | grep -viE '^(nvidia|triton|cuda)'; } > constraints.new
	mv constraints.new constraints.txt
