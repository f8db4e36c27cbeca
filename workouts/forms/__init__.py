"""Forms of an athlete's pages: they validate and convert, nothing else."""
