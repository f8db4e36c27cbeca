"""Data in and out: files of other apps and of our own as workouts, and workouts as files."""
