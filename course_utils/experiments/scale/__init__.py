"""Lesson 08's experiments: how long exact search takes, what an index trades, what a database adds, what a fan-out costs."""
