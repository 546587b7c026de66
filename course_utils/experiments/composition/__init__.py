"""The tables of lesson 07: tasks, recipes, and one row measured at a time.

python -m course_utils.experiments.composition css_3d tirg --seed 0
"""
