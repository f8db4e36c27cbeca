"""Pages of the signed-in athlete. Each starts from the athlete's own rows."""
