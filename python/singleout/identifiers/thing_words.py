"""Words for what is called like people: works, shows, vessels, machines, storms, schools.

Written for this project from everyday usage, for the ten languages of `lexicon`. They add to what
WordNet tells of artefacts and animals (`Flag.THING`), which has no works, shows and weather. A word
stands once, in small letters and in the singular.
"""

from __future__ import annotations

from typing import Final

from singleout.identifiers.word_sets import words

# Right before a name they say what has the name: "the novel Jane Eyre", "Storm Eunice"
CALLED: Final = words("""
novel book play film movie opera operetta musical ballet album song poem hymn symphony concerto
comic
exhibition show drama comedy tragedy pantomime panto painting sculpture drawing sitcom series
podcast
programme
statue bust portrait mural
ship ferry lifeboat vessel boat yacht barge trawler tug tugboat steamer frigate destroyer submarine
minesweeper dredger gritter snowplough plough sweeper locomotive engine tram train bell cannon drone
robot
storm hurricane typhoon cyclone
mascot pup puppy pony mare stallion tortoise
rose apple potato pear variety cultivar hybrid
nofel llyfr drama ffilm opera arddangosfa cerflun llong cwch bad storm úrscéal leabhar dráma scannán
taispeántas dealbh bád long leabhar bàta
roman livre pièce film opéra exposition statue navire bateau tempête
buch stück theaterstück film oper ausstellung statue denkmal schiff fähre sturm orkan tief
novela libro obra película ópera exposición estatua barco buque tormenta borrasca
powieść książka sztuka film opera wystawa pomnik posąg statek prom orkan
رواية كتاب فيلم مسرحية معرض تمثال سفينة عاصفة
""")

# Before "of" or "to" and a name: what shows, honours or repeats somebody whom everybody knows
HONOURING: Final = words("""
statue bust portrait sculpture painting mural plaque memorial monument figurine effigy waxwork
copy copies production performance staging screening revival adaptation
cerflun dealbh statue buste denkmal büste estatua busto pomnik popiersie
""")

# After a name, written with a capital: a school by its phase or its faith
PHASES: Final = words("""
primary infant infants juniors secondary comprehensive grammar high middle preparatory catholic
""")

# Titles of kings and nobles, by which houses, inns and engines are called
NOBLE: Final = words("king queen prince princess duke duchess earl countess marquis lord lady")
ROYAL: Final = words("king queen prince princess")
