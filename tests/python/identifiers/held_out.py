"""Names of nobody and of things, by form and kind, kept out of what the rules were made from.

Written at one sitting before the rules were tuned; a rule that fails here is mended by asking what
its kind has in common, never for the word. Firms, streets, schools and people are invented; towns,
makes and ships' names are real words.
"""

from __future__ import annotations

from typing import Final

PEOPLE: Final[dict[str, tuple[str, ...]]] = {
    "forename surname": (
        "Gwenda Prosser-Lyle|Callista Thornbury|Bartholomew Quick|Marjorie Oldershaw|Keiran Stobbart|"
        "Temperance Ackroyd|Dilwyn Havard|Caoilinn Mulqueen|Fearghas Urquhart|Ruaridh MacAskill|"
        "Oluwadamilare Ogunbanjo|Chisomo Nkhoma|Emeka Obiechina|Folashade Akinrinade|Thandiwe Khumalo|"
        "Harpreet Ghuman|Balwinder Atwal|Shazia Chaudhry|Nusrat Begum|Debashish Mukhopadhyay|"
        "Lakshmi Narasimhan|Malgorzata Wrzesniewska|Zbigniew Kaczmarczyk|Ondrej Havlicek|Ilinca Marinescu|"
        "Siegfried Oberhauser|Annelise Vandekerckhove|Joaquin Etxeberria|Rosalia Quintanilla|"
        "Thibault Delacourt|Xiaoming Ouyang|Minh Nguyen|Hyun-woo Seong|Takumi Hasegawa|"
        "Bukola Ige|Yusuf Demirbas|Parisa Tehrani|Mehwish Qureshi|Goran Stankovic|Eleftheria Kontou"
    ).split("|"),
    "initials surname": (
        "T. Oldershaw|K.J. Stobbart|M Wrzesniewska|R. L. Havard|P J Mulqueen|S Atwal|O. Ogunbanjo|"
        "A-M Delacourt|W B Quick|N. Begum"
    ).split("|"),
    "surname initials": (
        "Oldershaw T|Stobbart KJ|Wrzesniewska M.|Havard R L|Mulqueen PJ|Atwal S.|Ogunbanjo O|"
        "MacAskill R|Obiechina E.C.|Khumalo T"
    ).split("|"),
    "surname, forename": (
        "Oldershaw, Marjorie|STOBBART, Keiran|Wrzesniewska, Malgorzata|Havard, D.|Mulqueen, Caoilinn M|"
        "Atwal, Balwinder Singh|Van den Bossche, Annelise|O'Shaughnessy, Fintan|Ogunbanjo,Oluwadamilare|"
        "Prosser-Lyle, Gwenda"
    ).split("|"),
    "title": (
        "Mr Oldershaw|Mrs M Stobbart|Ms Caoilinn Mulqueen|Dr Wrzesniewska|Cllr Havard|Prof. Mukhopadhyay|"
        "Rev. B Quick|Herr Oberhauser|Mme Delacourt|Sra. Quintanilla|Pan Kaczmarczyk|Sir Bartholomew Quick|"
        "Miss T Ackroyd|Councillor Balwinder Atwal|Lady Thornbury"
    ).split("|"),
    "rank": (
        "PC Oldershaw|DS Stobbart|Sgt K Mulqueen|PS 4471 Havard|Inspector Wrzesniewska|DCI Emeka Obiechina|"
        "T/Sgt Atwal|A/Insp Khumalo|Detective Constable Hyun-woo Seong|PCSO 7731 Quick|Supt. R Urquhart|"
        "Chief Superintendent Thornbury|Firefighter Ackroyd|Watch Manager Prosser|Lt Col Urquhart|"
        "Cpl Etxeberria|Brigadier Delacourt|POM Oberhauser|Adjudant Delacourt|Rhingyll Havard|"
        "Garda Mulqueen|Prison Officer Stankovic|Special Constable Begum|Stobbart, PC 3312|Ackroyd (Sgt)"
    ).split("|"),
    "particles": (
        "Gwilym ap Tomos|Pieter van den Heuvel|Giulia di Benedetto|Abdulrahman bin Saleh|Noor binti Hashim|"
        "Máiréad Ní Ghallchóir|Fionn Ó Conghaile|Charlotte de la Tour|Bernardo dos Reis|Omar Al-Khatib|"
        "Konrad von Stetten|Eirwen ferch Ifan|Sinéad Nic Dhonnchadha|Luca D'Ambrosio|Ruth McCorquodale"
    ).split("|"),
    "other scripts": (
        "陈晓东|欧阳明|李娜|高桥美咲|鈴木一郎|박지훈|최수연|أحمد بن سالم|فاطمة الزهراء|عبد الله القحطاني|"
        "Ольга Сергеевна Морозова|Кузнецов А. В.|Νίκος Παπαϊωάννου|יעל כהן|सुनीता वर्मा|อารีย์ ใจดี"
    ).split("|"),
    "small letters": (
        "marjorie oldershaw|stobbart keiran|harpreet ghuman|oldershaw t|minh nguyen|sgt mulqueen|"
        "mrs havard|joaquin etxeberria|dilwyn havard|takumi hasegawa"
    ).split("|"),
    "capitals": (
        "MARJORIE OLDERSHAW|STOBBART KEIRAN|HARPREET GHUMAN|OLDERSHAW T|MINH NGUYEN|SGT MULQUEEN|"
        "MRS HAVARD|JOAQUIN ETXEBERRIA|DILWYN HAVARD|TAKUMI HASEGAWA"
    ).split("|"),
    "no list helps": (
        "Quillon Astrevar|Zemira Tolvanke|Ysolde Brackenrigg|Ravthi Sundalore|Bexley Corrowan|"
        "Onwasigo Etchem|Tarquel Venniscott|Maelys Kervoazou|Idwen Trahearne|Pashmina Durvesh"
    ).split("|"),
}  # fmt: skip

OTHERS: Final[dict[str, tuple[str, ...]]] = {
    "streets": (
        "Lavender Grove|Nelson Street|Marlborough Avenue|Charlotte Mews|Bishop's Walk|Alexandra Terrace|"
        "George Square|Elizabeth Way|Park Crescent|Ffordd y Parc|Stryd Fawr|Rue Victor Hugo|Bahnhofstraße|"
        "Calle Serrano|ul. Kopernika|St Aidan's Close|Queen Mary Road|Albert Embankment|Rosemary Lane|"
        "Sir William Drive|12 Harcourt Gardens|Via Garibaldi|Duke Street|Kingfisher Court|Bóthar na Trá"
    ).split("|"),
    "premises": (
        "The Prince Regent|Duke of Clarence|The Jolly Farmer|Queen Elizabeth Hospital|St Hilda's School|"
        "Ashdown Primary School|Nightingale Ward|Florence Suite|Beech House|Victoria Hall|Wilson Library|"
        "Alexandra Palace|Fairfield Surgery|Ysgol Bryn Derw|Lycée Voltaire|Goethe-Gymnasium|"
        "Royal Albert Dock|Ruskin Community Centre|Jubilee Sports Hall|HMP Elmfield|St Mary's Church|"
        "Bridgewater House|Chapel Street Car Park|Red Lion Hotel|Cardinal Newman College"
    ).split("|"),
    "firms": (
        "Hartley & Bright Ltd|Oakwood Roofing|Dawson Brothers|Marsh Lane Motors|Fletcher Group plc|"
        "Swift Couriers|Bluebell Nurseries|Harper Collins Removals|Anderson Consulting|Müller GmbH|"
        "Dupont et Fils SARL|Northern Rail|Total Energies|Rose Cottage Bakery|Albion Scaffolding|"
        "Pinnacle Healthcare Trust|Sunrise Care|Victor Plumbing and Heating|Kowalski Sp. z o.o.|"
        "Garcia Hermanos SL|Bennett Solicitors|Acorn Training|Castle Water|Jubilee Taxis|Mason Bros"
    ).split("|"),
    "places": (
        "Bishop Auckland|Peterlee|St Ives|Market Harborough|Wells-next-the-Sea|Stoke Newington|"
        "Llandrindod Wells|Port Talbot|Newton Abbot|Melton Mowbray|Burton upon Trent|Cumbria|San Francisco|"
        "Buenos Aires|Frankfurt am Main|Côtes-d'Armor|Nowy Sącz|Baile Átha Cliath|Rhondda Cynon Taf|"
        "Kensington and Chelsea|East Renfrewshire|Great Yarmouth|广州|القاهرة|東京"
    ).split("|"),
    "wards and constituencies": (
        "Abbey Ward|St Margaret's|Holywell|Heaton North|Wythenshawe and Sale East|Norton West|"
        "Birkdale|Hazel Grove|Castle Point|Hemel Hempstead|Vale of Clwyd|Ceredigion Preseli|"
        "Longbridge & West Heath|Little Lever|Bishops Frome"
    ).split("|"),
    "words": (
        "Sickness Absence|Gross Misconduct|Actual Bodily Harm|Public Order|Annual Leave|Data Protection|"
        "Business Support|Estates and Facilities|Children's Services|Community Safety|Road Traffic Collision|"
        "Missing Person|Domestic Abuse|Stop and Search|White Irish|Prefer Not to Say|Fixed Term|Full Time|"
        "Written Warning|No Further Action|Summer Term|Autumn Returns|Grand Total|Bank Holiday|"
        "Black Caribbean|Long Term Sick|Rough Sleeping|Fly Tipping|Council Tax|Blue Badge"
    ).split("|"),
    "courses and subjects": (
        "Excel Advanced|Manual Handling|Fire Marshal Training|Conflict Resolution|Applied Mathematics|"
        "Modern Languages|Business Studies|Level 3 Diploma|Leadership Skills|English Literature|"
        "Trauma Risk Management|Taser Refresher"
    ).split("|"),
    "products and ships": (
        "Ford Transit|Vauxhall Corsa|BMW 530d|HMS Dauntless|RFA Tidespring|Peugeot 308 GT|Dell Latitude|"
        "Iveco Daily|Labrador Retriever|Belgian Malinois|Ibuprofen|Microsoft Teams|Springer Spaniel|"
        "Mercedes Sprinter|Skoda Octavia"
    ).split("|"),
    "jobs and ranks": (
        "Detective Sergeant|Assistant Chief Constable|Head of Legal|Staff Nurse|Social Worker|Crew Manager|"
        "Lance Corporal|Finance Officer|Team Leader|Director of Finance|Band 6 Nurse|Police Staff|"
        "Head Teacher|Uwcharolygydd|Brigadier Chef"
    ).split("|"),
    "codes and marks": (
        "Block C|Grade B|Band D|Tier 2|Q3 2023|Apr-24|N/A|Zone A|Category B|Sheet1|Team 4|A123|"
        "Type A|Group E|Class B"
    ).split("|"),
}  # fmt: skip
