"""What the worlds share: cameras, light, sky, ground, plants, noise; one file a thing to paint."""
