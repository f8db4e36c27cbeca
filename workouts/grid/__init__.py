"""A workout as a grid: a block for each exercise, a row for each set, a cell for each number.

`fields` turns what the form posts into text and a reading into fields, `changes` are the buttons
that change the grid, `page` is what a page shows of it.
"""
