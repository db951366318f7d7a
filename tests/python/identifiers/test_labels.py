"""Names of people in names of files, sheets and members."""

from __future__ import annotations

import pytest

from singleout.identifiers.labels import names_in_label

_PEOPLE = """
whitcombe_james_misconduct.csv
response-to-Orla-McGarrity
Trevanion R statement
OrlaMcGarrity
Rhys Trevanion.csv
trevanion_rhys_dismissal.csv
Rhys_Trevanion_suspended
Sgt_Trevanion
PC-2203-notes.docx
haldane grievance 2024.xlsx
J.R.Ash.docx
smith_j
SMITH J
Ash, J. R
DOB_OluwaseunOgunbanjo
email from Bethan Culverhouse 12.03.24.msg
culverhouse-bethan-v3-final
王伟.xlsx
김민준 진술서
محمد الأحمد.docx
Иванов Иван.xls
Siân ap Gwilym
Statement of Mrs Okonkwo
mr_okonkwo_letter.docx
K Novak interview
Jean-Pierre Dupont
yasminPenhallow.csv
Haldane PC 4412
"""
_THINGS = """
Faith Schools
June Returns
Grace Road
Victoria Ward
Dawn Patrols
Stanley Gardens
Rank by Year
Castle Street
Armed Response
Officer numbers by rank 2024
Jan 2024
Table 1
Sheet1
Annex A
FOI 2025-0417 response.csv
Victoria Road Station.csv
OFFICERS 2024.XLSX
xl/comments1.xml
customXml/item1.xml
word/document.xml
Data_Table_2
HMP Elmfield
Ward-SOA
Q3 2023
readme
police-workforce-sep18-tables
Bradford complaints 2024
Mental Health
_xlnm.Print_Area
Hyde Park
Print_Titles
Complaints and grievance log
Grade B
Type R
Plan B v2
Milton Keynes
St Albans
Fleet (Ford Focus)
Robert Lowther School
Thornley House.xlsx
Council Tax Band D
"""
PEOPLE = _PEOPLE.strip().splitlines()
THINGS = _THINGS.strip().splitlines()


@pytest.mark.parametrize("label", PEOPLE)
def test_a_label_that_names_a_person(label: str) -> None:
    assert names_in_label(label)


@pytest.mark.parametrize("label", THINGS)
def test_a_label_that_names_a_thing(label: str) -> None:
    assert not names_in_label(label)
