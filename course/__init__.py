"""The course's own library: data sets and the reference pipeline; it knows nothing of grading."""
