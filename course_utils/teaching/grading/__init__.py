"""The instructor's side of the exercises: release, grade, feedback, grades, student edition; over nbgrader.

    python -m course_utils.teaching.grading release|grade|feedback|grades|exercises|student [ASSIGNMENT ...]

Solved sources: solved/<assignment>/<assignment>.ipynb; notebooks/exercises is made from them. Everything that is made,
handed in and graded lives in the ignored folder grading/ (another one: COURSE_GRADING). Settings of
nbgrader: nbgrader_config.py.
"""
