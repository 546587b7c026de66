"""Fill the data folders: draw the generated sets, list and verify the real ones."""
