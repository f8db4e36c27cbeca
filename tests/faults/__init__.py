"""What goes wrong around a server in production, done to one for real (`make faults`)."""
