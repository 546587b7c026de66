"""The tables of lesson 07: tasks, recipes, and one row measured at a time."""
