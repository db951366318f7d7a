"""Contacts and signatures, and names above sections. Nobody in them exists."""

# ruff: noqa: E501
from __future__ import annotations

from inspection.case_of_text import Case

CONTACTS_AND_SIGNATURES: list[Case] = [
    (["Switchboard 01632 960100   Press Office 01632 960111"], "none"),
    (
        [
            "Marlstone Council",
            "Tolbooth House",
            "Ripon HG98 1AA",
            "Tel: 01632 960100",
            "Fax: 01632 960101",
            "Textphone: 01632 960102",
        ],
        "none",
    ),
    (["Head Office: 4 Orchard Close, Ripon HG98 1AA. Reception 01632 960100."], "none"),
    (
        [
            "Dear Mr Hollis",
            "Nothing is held.",
            "Yours sincerely",
            "",
            "",
            "Idris Pemberton LLB (Hons)",
            "Solicitor to the Council",
            "DDI 01632 960104",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Idris Pemberton",
            "Information Governance Officer",
            "Marlstone Council",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Idris Pemberton, Information Governance Officer, Marlstone Council",
        ],
        "none",
    ),
    (["Hello", "We hold nothing.", "Thanks,", "Idris"], "none"),
    (
        ["Dear Ms Quill", "We hold nothing.", "Yours sincerely, Idris Pemberton, Records Manager"],
        "none",
    ),
    (["Dear Ms Quill", "We hold nothing.", "Signed: Idris Pemberton", "Date: 4 May 2024"], "none"),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "Idris Pemberton | Records Manager | 01632 960104",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "For and on behalf of the Chief Constable",
            "Idris Pemberton",
            "Disclosure Unit",
        ],
        "none",
    ),
    (
        [
            "Dear Sir",
            "We hold nothing.",
            "Yours faithfully,",
            "Chief Superintendent Idris Pemberton",
            "Head of Professional Standards",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "The Rt Hon Dame Yetunde Adeyemi MP",
            "Minister of State for Prisons",
        ],
        "none",
    ),
    (
        [
            "Foreword",
            "I am pleased to publish these statistics.",
            "Yetunde Adeyemi",
            "Chief Executive",
        ],
        "none",
    ),
    (
        [
            "Ministerial foreword",
            "These figures show progress.",
            "Rt Hon Yetunde Adeyemi MP, Secretary of State for Transport",
        ],
        "none",
    ),
    (
        [
            "From: Idris Pemberton, Information Governance Officer",
            "Subject: your request",
            "We hold nothing.",
        ],
        "none",
    ),
    (
        [
            "Our ref: FOI/12",
            "Your ref:",
            "Officer: Idris Pemberton",
            "Tel: 01632 960104",
            "Dear Ms Quill",
            "We hold nothing.",
        ],
        "none",
    ),
    (["Case handler: Yetunde Adeyemi", "Direct line: 01632 960104", "We hold nothing."], "none"),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "If you are unhappy, write to Yetunde Adeyemi, Head of Legal Services, at the address above.",
            "Yours sincerely",
            "Idris Pemberton",
        ],
        "none",
    ),
    (
        [
            "If you have questions, please contact Idris Pemberton, Senior Statistician, quoting the reference above."
        ],
        "none",
    ),
    (["Approved by: Idris Pemberton, Director of Finance", "Date approved: 3 May 2024"], "none"),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "Idris Pemberton (Mr)",
            "Records Manager",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "[signature]",
            "I. Pemberton",
            "Decision Maker, Freedom of Information Team",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Best wishes",
            "Idris Pemberton",
            "Pronouns: he/him",
            "Records Manager",
        ],
        "none",
    ),
    (
        [
            "Dear Ms Quill",
            "Idris Pemberton was dismissed in May.",
            "Yours sincerely",
            "Yetunde Adeyemi",
        ],
        "review",
    ),
    (
        [
            "Dear Ms Quill",
            "We hold nothing.",
            "Yours sincerely",
            "Idris Pemberton",
            "Records Manager",
            "PS Yetunde Adeyemi has been off sick.",
        ],
        "review",
    ),
    (
        [
            "Dear Ms Quill",
            "The officer who hit you is Idris Pemberton, Patrol Constable.",
            "Yours sincerely",
            "FOI Team",
        ],
        "review",
    ),
    (
        [
            "Dear Ms Quill",
            "The officers were:",
            "Idris Pemberton, Records Manager",
            "Yetunde Adeyemi, Clerk",
            "Both were warned.",
            "Yours sincerely",
        ],
        "review",
    ),
    (["Officer in the case: Idris Pemberton", "Outcome: final written warning"], "review"),
    (["Chief Constable Idris Pemberton was arrested on Monday."], "review"),
    (["Minister Yetunde Adeyemi claimed £4,000 for her flat."], "review"),
    (["Call Yetunde Adeyemi's home on 01632 960104."], "refuse"),
    (["From: Idris Pemberton, 14 Cowslip Close, Ripon HG98 2ZZ", "I wish to complain."], "refuse"),
]

SECTIONS: list[Case] = [
    (
        [
            "Idris Pemberton",
            "12/03/2024 taxi £45.00",
            "14/03/2024 hotel £120.00",
            "Yetunde Adeyemi",
            "19/03/2024 train £88.10",
        ],
        "review",
    ),
    (["Payments to Idris Pemberton", "May £400", "June £410"], "review"),
    (["Yetunde Adeyemi", "Sick leave: 14 days", "Unpaid leave: 3 days"], "review"),
    (["Marek Farrukh", "Verbal warning 3 May 2021", "Dismissed 4 June 2022"], "review"),
    (["Expenses of Yetunde Adeyemi", "Rail £88.10"], "review"),
    (
        ["Kingfisher Cleaning Ltd", "12/03/2024 invoice £45.00", "14/03/2024 invoice £120.00"],
        "none",
    ),
    (["Victoria Road", "12/03/2024 resurfacing £45,000", "14/03/2024 lighting £12,000"], "none"),
    (["Faith Schools", "2023 £45,000", "2024 £51,000"], "none"),
]
