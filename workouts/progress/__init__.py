"""What the logged sets come to: of one exercise, of all exercises, of each muscle."""
