"""What makes tables that take too long for a notebook: one folder a lesson's experiment."""
