"""Record numbers of XLSB parts that are published: any other is unknown and reported.

[MS-XLSB] 2.3.2 lists them; the page itself could not be read, the numbers are those of openxlsx2's
`xlsb_defines.h`, which names each, and for the chain of calculation (63, 528, 529) those of
SheetJS (secondary sources; files of Excel have them).
"""

from __future__ import annotations

_RANGES = (
    (0, 11), (12, 18), (19, 40), (42, 60), (62, 70), (128, 148), (151, 355), (357, 364),
    (366, 401), (403, 542), (548, 562), (564, 566), (569, 570), (572, 574), (577, 620),
    (625, 646), (648, 669), (671, 681), (1024, 1059), (1061, 1073), (1075, 1105), (1111, 1126),
    (1128, 1150), (1152, 1173), (1177, 1178), (1180, 1182), (2048, 2058), (2060, 2060),
    (2067, 2073), (2075, 2141), (3072, 3073), (4096, 4097), (5002, 5003), (5081, 5087),
    (5089, 5090), (5092, 5097), (5099, 5103), (5105, 5105), (5108, 5114), (5117, 5117),
    (5130, 5132),
)  # fmt: skip
KNOWN = frozenset(number for first, last in _RANGES for number in range(first, last + 1))
