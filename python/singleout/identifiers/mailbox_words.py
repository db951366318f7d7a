"""Words of mailboxes and their domains: what an office's is made of, who lends one to anybody.

Written for this project from everyday usage and from domains that registries
keep for public bodies.
"""

from __future__ import annotations

from typing import Final

from singleout.identifiers.word_sets import words

# Words of a mailbox that a post or an office reads, beside those of contacts, posts and bodies
MAILBOX: Final = words("""
foi foia eir dpo dp gdpr sar sars dsar accessto access noreply no-reply donotreply reply admin
administration mailbox inbox hello hi welcome webmaster postmaster hostmaster abuse security sales
marketing orders invoices invoice accounts billing purchasing procurement tenders contracts supplier
suppliers customer customers customerservices client clients care complaints complaint feedback jobs
careers recruitment vacancies training events bookings booking reservations reception frontdesk desk
helpdesk servicedesk support technical tech it web digital data open opendata statistics stats stat
crime crimes census population housing household households labour market labourmarket prices
economy economic trade transport traffic roads highways parking licensing planning building control
environment environmental waste recycling health social adult adults children child education pupils
school schools pupil workforce pensions pension benefits tax rates revenue counciltax elections
electoral registration registrars democratic committee committees mayor cabinet members
correspondence consultation consultations survey surveys research natural capital energy climate
farming forestry fisheries marine water flood flooding rural food safety standards fire rescue
ambulance defence justice prisons probation courts migration immigration border passport passports
visas visa property land estate custody forensics intelligence professional standards psd public
order firearms vehicle vehicles dogs events community neighbourhood neighbourhoods north south east
west northern southern eastern western central regional national international local london wales
scotland ireland england britain uk eu shared corporate core group general all main public central
casework cases my the new pr protection dataprotection freedomofinformation informationgovernance
informationrights publicorder policy privacy ethics equality diversity inclusion learning library
gwybodaeth post ymholiadau swyddfa wasg
eolas oifig preas
info renseignement renseignements accueil secretariat secrétariat courrier
auskunft poststelle post presse service verwaltung datenschutz
atencion ciudadano informacion oficina prensa registro correo
sekretariat kancelaria biuro poczta prasowe informacja punkt obslugi klienta
""")

# Words of an office of two or three letters that are written together with others
BRIEF: Final = words("foi eir dpo sar hr it web tax pr psd and the of for")

# Words of posts and offices that also stand beside a name in an address of one's own
ONES_OWN: Final = words(
    "private personal name names me my home principal senior junior mobile chief"
)

# Names of domains that registries keep for public bodies, at the end or below a country: mod.uk,
# gov.scot, gouv.fr, nhs.net
PUBLIC_DOMAINS: Final = words("""
gov govt gouv gob gub gc gv police pnn garda nhs hscni mod mil parliament gsi gsx cjsm llyw bund
admin
""")

PUBLIC_TOPS: Final = words("net scot wales cymru eu")

# Providers of mailboxes for anybody, and labels that say that a domain is one
PROVIDERS: Final = words("""
gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol gmx web t-online
freenet proton protonmail tutanota btinternet btopenworld talktalk virginmedia sky ntlworld
blueyonder tiscali plusnet eircom orange wanadoo laposte free sfr wp onet interia o2 qq 163 126 sina
foxmail mail email webmail freemail fastmail hushmail zoho inbox rediffmail mailbox comcast verizon
libero yandex
""")

# Domains whose pages anybody's text may name
NOBODYS_OWN: Final = PROVIDERS | words("twitter x facebook youtube instagram linkedin")

# Suffixes of two labels, below which a body's own label stands
SECOND_LEVEL: Final = words("co com org net ac gov nhs police sch ltd plc me edu go or ne mod")
