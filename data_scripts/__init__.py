"""Fill the data folders: draw the generated (mini) sets, list and verify the real (full) ones."""
