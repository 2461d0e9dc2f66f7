"""A day worked in the window by mouse and keyboard: the demo without a screen, and the suite."""
