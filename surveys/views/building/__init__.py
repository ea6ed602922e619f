"""The builder: pages on which an author writes the questions of a survey."""
