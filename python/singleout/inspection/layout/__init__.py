"""Where the tables of a grid of cells are: headings, bodies, sections, notes, totals."""
