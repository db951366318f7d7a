"""Given names, to tell a person's name from any two capitalised words.

The names most often given in England and Wales over the last hundred years (Office for National
Statistics, historic top 100 lists), with frequent ones from elsewhere in Europe and South Asia.
"""

from __future__ import annotations

from typing import Final

_LIST: Final = """
aaron adam adrian ahmed aisha alan albert alex alexander alfie alice alison ali amanda amelia amy
andrea andrew angela ann anna anne annie anthony antonio archie arthur ashley barbara barry
beatrice ben benjamin bernard beth beverley brenda brian callum carol caroline carlos catherine
charles charlie charlotte chloe chris christina christine christopher claire clare colin connor
craig daisy dan daniel danielle darren david dawn dean deborah debra denise dennis derek diana
diane donald donna doris dorothy douglas duncan dylan edith edward eileen elaine eleanor elizabeth
ella ellen ellie emily emma eric ethan evelyn faith fatima fiona florence frances francis frank
fred frederick gail gareth gary gavin gemma geoffrey george georgia gerald gillian giovanni glen
gordon graham grace greg hannah harold harriet harry hassan hazel heather helen henry holly hussein
ian imran irene isabella isla ivan jack jacob jacqueline jake james jamie jan jane janet janice
jasmine jason jean jeffrey jennifer jeremy jessica jill joan joanna joanne joe john jonathan jordan
jose joseph josh joshua joyce juan judith julia julian julie june karen karl kate katherine
kathleen katie keith kelly ken kenneth kerry kevin khalid kieran kim kimberley kirsty kyle laura
lauren lee leo leon leonard lesley leslie lewis liam lily linda lisa logan lorraine louis louise
lucas lucy luke lynn lynne malcolm marc margaret maria marie marilyn mark martin mary mason matthew
maureen max megan melissa michael michelle mohamed mohammad mohammed molly muhammad natalie natasha
nathan neil nicholas nicola nigel noah norman oliver olivia oscar owen pamela patricia patrick paul
pauline peter philip phoebe phyllis poppy priya rachel ralph raymond rebecca reece rhys richard
rita robert robin roger ronald rosemary rosie ross roy ruby russell ruth ryan sally sam samantha
samuel sandra sara sarah scott sean sebastian shannon sharon shaun sheila shirley simon sophia
sophie stacey stanley stephanie stephen steve steven stuart susan suzanne sylvia tanya teresa theo
thomas tim timothy toby tom tony tracey tracy trevor tyler valerie vanessa vera veronica victor
victoria vincent wayne wendy wesley will william yvonne zara zoe hans klaus wolfgang jürgen pierre
jean-pierre olga natalia igor dmitri rajesh sanjay anil sunita deepak piotr pawel agnieszka
krzysztof siobhan niamh aoife sinead declan brendan
"""
GIVEN: Final = frozenset(_LIST.split())
