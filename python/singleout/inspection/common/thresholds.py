"""From where on a text in sight is out of sight: one table for all formats.

Lengths are in points. An author who hides a text goes far beyond these; an author who does not
stays far on this side.
"""

from __future__ import annotations

# Ink on paper, as WCAG 2.2 measures contrast (1.4.3): 1 is the same colour, 21 black on white
CONTRAST = 1.3
# Letters as shown, after scale and zoom
SMALL = 3.0
# A row, against the size of its letters
LOW = 0.5
# A column, in letters of the text that it holds
NARROW = 2.0
# Rows and columns that show nothing, whatever they hold: a line thick
NO_HEIGHT, NO_WIDTH = 2.0, 2.0
# Letters drawn so narrow, or moved so far over each other (both as a share of their size)
SQUEEZED, OVERPRINTED = 0.2, 0.4
# Blanks in a line, and blank lines, after which nobody looks for more text
BLANKS, BLANK_LINES = 10, 5
# Two screens of a spreadsheet, and one: what lies beyond so much of nothing is not found by chance
FAR_COLUMNS, FAR_ROWS = 50, 200
SCREEN_COLUMNS, SCREEN_ROWS = 25, 50
SCREEN_WIDTH = 1_200.0
# A narrow letter, a blank and a line, as shares of the letters' size
LETTER, BLANK, LINE = 0.45, 0.22, 1.25
