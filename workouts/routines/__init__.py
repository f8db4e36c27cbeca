"""Routines: reading their text, writing them, starting a workout from one, and the starters."""
