"""A small web of our own writing, and the story of Pincite told on it: captured, read, served."""
