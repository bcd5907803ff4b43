"""The main job in a real browser, against the real app on a port of its own."""
