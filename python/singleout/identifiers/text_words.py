"""Words by which a text tells whom it speaks of: contacts, offices, posts, letters, homes.

Written for this project from everyday usage, for the ten languages of `lexicon`: English, Welsh,
Irish, Scottish Gaelic, French, German, Spanish, Polish, Arabic and Chinese, and some Urdu. A word
stands once, in small letters, whatever its language; a phrase has blanks. Words of scripts without
blanks between words are looked for anywhere in a text.
"""

from __future__ import annotations

from typing import Final

from singleout.identifiers.word_sets import words


def _phrases(lists: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in lists.replace("\n", "|").split("|") if part.strip())


# Words that hold a sentence together and say nothing of anybody by themselves
FUNCTION: Final = words("""
a an the of in on at to for from by with and or as is are was be our your this these that & via per
it its if you we us
y yr ac a i o ar gan gyda neu eich ein
an na agus le i ag ar do nó
am air aig gu no
le la les l de du des d et ou à au aux en par pour sur avec
der die das den dem des ein eine einen und oder von vom zu zum zur für mit bei im in am an auf unter
el la los las lo del y e o u al por para con su sus
i oraz lub z ze w we na do od dla o
""")

# Words that say what somebody or something is
COPULA: Final = words("""
is was are were be been yw oedd is ea ba est était sont es era son ist war sind jest był była są
""")

# Words of an invitation to get in touch and of a publication's imprint
CONTACT: Final = words("""
contact contacts contacted call ring phone telephone tel fax mobile email e-mail mail write reach
ask
enquiry enquiries inquiry inquiries query queries question questions feedback comments request
requests information info further more details detail other any general please media press
responsible prepared produced compiled published issued supplied provided written author authors
authored editor edited reviewed approved quality assured lead statistician name names signed dated
source release publication bulletin report statistics statistical data tables table dataset figures
analysis online website web visit see address postal office hours day out line number no ext
extension direct ddi dial pronouns ref refs correspondence copyright requester assistance help
support should require would
like not appear spreadsheet then have about regarding from to cc bcc fao attn sent pp
cyswllt cysylltwch ffoniwch ffôn e-bost ebost ysgrifennwch ymholiadau gwybodaeth bellach pellach
rhagor awdur paratowyd cyhoeddwyd ystadegau ystadegydd cyfrifol datganiad
teagmháil fón guthán ríomhphost eolas breise údar ullmhaithe foilsithe staidreamh fiosrúcháin
fios fòn post-d tuilleadh fiosrachadh ùghdar ullaichte foillsichte staitistig
contacter contactez téléphone tél courriel mél adresse renseignements informations complémentaires
questions auteur auteurs rédigé préparé publié établi par statistiques responsable presse
kontakt ansprechpartner ansprechpartnerin telefon rückfragen auskunft auskünfte weitere information
informationen fragen verfasser verfasserin autor autorin erstellt veröffentlicht herausgegeben
herausgeber presse statistik gez
contacto contacte teléfono correo electrónico consultas información más autor autora autores
elaborado preparado publicado estadística estadísticas prensa responsable
kontakt kontaktowy telefon informacje informacji dodatkowych pytania autor autorka autorzy
opracowanie opracował opracowała przygotował przygotowała opublikowano statystyka statystyki
rzecznik
""")

# Those of them that private people's numbers have beside them too
PLAIN: Final = words("""
call ring phone telephone tel mobile mob email e-mail mail no number ext out day line name names on
address postal write see then have about other any please reach ask if you would like
telefon téléphone teléfono fón fòn ffôn
""")

# Those of them that say who made a publication, or answers for it
IMPRINT: Final = words("""
contact contacts enquiry enquiries inquiry inquiries queries press media
prepared produced compiled published issued author authors editor edited statistician
cyswllt cysylltwch ymholiadau awdur paratowyd cyhoeddwyd ystadegydd
teagmháil údar ullmhaithe foilsithe fiosrúcháin fios fiosrachadh ùghdar ullaichte foillsichte
renseignements auteur auteurs rédigé préparé publié établi presse statisticien statisticienne
kontakt ansprechpartner ansprechpartnerin rückfragen auskunft verfasser verfasserin erstellt
veröffentlicht herausgegeben herausgeber statistiker statistikerin
contacto consultas elaborado preparado publicado prensa estadístico
kontaktowy pytania opracowanie opracował opracowała przygotował przygotowała opublikowano statystyk
rzecznik
""")

# Posts and what they are called in a signature; none of them is a rank of a uniformed service
JOBS: Final = words("""
head director deputy assistant associate manager officer official statistician analyst adviser
advisor secretary chair chairman chairwoman chairperson chief executive leader lead coordinator
co-ordinator administrator clerk registrar commissioner ombudsman solicitor lawyer counsel editor
economist researcher scientist engineer architect accountant auditor inspector-general consultant
specialist executive principal senior junior acting interim professional maker decision minister
permanent private spokesperson spokesman spokeswoman press communications team professor lecturer
president vice treasurer governor controller comptroller handler planner surveyor librarian
archivist
pennaeth cyfarwyddwr rheolwr swyddog ystadegydd dirprwy ysgrifennydd cadeirydd prif weithredwr
ceannaire stiúrthóir bainisteoir oifigeach staitisteoir leas rúnaí cathaoirleach
príomhfheidhmeannach
ceannard stiùiriche manaidsear oifigear neach-staitistig rùnaire cathraiche
chef cheffe directeur directrice responsable adjoint adjointe statisticien statisticienne secrétaire
président présidente chargé chargée conseiller conseillère rédacteur rédactrice
leiter leiterin leitung referent referentin sachbearbeiter sachbearbeiterin direktor direktorin
statistiker statistikerin sekretär sekretärin vorsitzender vorsitzende beauftragte beauftragter
pressesprecher pressesprecherin referatsleiter referatsleiterin abteilungsleiter abteilungsleiterin
jefe jefa director directora responsable subdirector subdirectora estadístico estadística secretario
secretaria presidente presidenta técnico técnica portavoz
kierownik kierowniczka dyrektor dyrektorka naczelnik zastępca zastępczyni statystyk sekretarz
przewodniczący przewodnicząca specjalista specjalistka główny główna rzecznik prezes referent
""")

# Bodies and their parts
BODIES: Final = words("""
unit team department dept directorate branch division section office bureau service services agency
authority council board committee commission ministry government police constabulary force trust
university college school academy hospital surgery practice clinic centre center institute
institution foundation association society federation union charity company ltd limited plc llp llc
inc gmbh ag kg sarl sas sa sl bv nv spółka group holdings partners partnership partners consulting
solutions statistics statistical information rights governance communications finance estates fleet
payroll vetting human resources hr ict digital legal compliance evidence research policy planning
records disclosure freedom foi news library museum archive archives parliament assembly court
tribunal bank church parish borough county district directorate headquarters hq secretariat
corporation enterprises industries supplies systems technologies logistics
uned tîm adran swyddfa gwasanaeth gwasanaethau awdurdod cyngor bwrdd comisiwn llywodraeth heddlu
prifysgol ysgol ysbyty canolfan sefydliad ymddiriedolaeth ystadegau gwybodaeth hawliau
aonad foireann roinn oifig seirbhís seirbhísí údarás comhairle bord coimisiún rialtas garda síochána
ollscoil scoil ospidéal ionad institiúid staidreamh
buidheann roinn oifis seirbheis ùghdarras comhairle bòrd coimisean riaghaltas poileas oilthigh sgoil
ospadal ionad
unité équipe département direction bureau service services agence autorité conseil commission
ministère gouvernement préfecture mairie police université école lycée hôpital centre institut
association société statistiques statistique communication
referat abteilung dezernat amt behörde dienststelle stelle dienst agentur rat kommission ministerium
regierung polizei polizeipräsidium universität schule krankenhaus klinik zentrum institut verein
gesellschaft landesamt bundesamt landkreis stadt gemeinde statistik pressestelle
unidad equipo departamento dirección oficina servicio servicios agencia autoridad consejo comisión
ministerio gobierno policía guardia ayuntamiento universidad escuela colegio hospital centro
instituto asociación sociedad estadística estadísticas prensa
jednostka zespół wydział dział departament biuro urząd służba agencja rada komisja ministerstwo rząd
policja komenda starostwo gmina powiat uniwersytet szkoła szpital centrum instytut fundacja
stowarzyszenie statystyki statystyka prasowe
""")

# Lines that begin or end a letter
SALUTATIONS: Final = _phrases("""
dear|hello|hi|good morning|good afternoon|to whom
annwyl|a chara|a charaid|a uasail|a dhuine uasail|a bhean uasal|a dhaoine uaisle|a chàirdean
cher|chère|chers|chères|madame|monsieur|mesdames|messieurs|bonjour
sehr geehrte|sehr geehrter|sehr geehrtes|liebe|lieber|guten tag
estimado|estimada|estimados|estimadas|querido|querida|muy señor|muy señora|distinguido|distinguida
szanowna|szanowny|szanowni|drogi|droga|dzień dobry
السيد|السيدة|عزيزي|عزيزتي|حضرة|سعادة
尊敬的|亲爱的|敬爱的
محترم|محترمہ|جناب|محترمي
""")
CLOSINGS: Final = _phrases("""
yours sincerely|yours faithfully|yours truly|yours|kind regards|best regards|warm regards|regards
with regards|with kind regards|best wishes|with best wishes|many thanks|sincerely|faithfully
respectfully|signed|thank you|thanks|cheers
yn gywir|yr eiddoch yn gywir|yr eiddoch yn ffyddlon|cofion|cofion gorau|cofion cynnes
dymuniadau gorau
is mise|is mise le meas|le meas|mise le meas|le gach dea-ghuí|le dea-mhéin
le dùrachd|le deagh dhùrachd|leis gach deagh dhùrachd|is mise le spèis
cordialement|bien cordialement|bien à vous|sincères salutations|salutations distinguées
veuillez agréer
je vous prie d'agréer|je vous prie d’agréer|respectueusement
mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|mit besten grüßen|viele grüße
beste grüße|hochachtungsvoll|im auftrag|i. a.|i.a.
reciba un cordial saludo|reciba un saludo|atentamente|le saluda atentamente|un saludo|saludos
saludos cordiales|un cordial saludo|cordialmente
z poważaniem|z wyrazami szacunku|pozdrawiam|z pozdrowieniami|łączę wyrazy szacunku
مع التحية|مع خالص التحية|وتفضلوا بقبول|المخلص|مع أطيب التحيات|والسلام
此致|敬礼|谨上|敬上|顺颂|祝好
والسلام|آپ کا مخلص|خیر اندیش|نیازمند
""")

# What is said of a name by one word or two beside it: acts, outcomes, health, relations,
# complaints.
# Stems: a word that begins like one of them says it.
SAID: Final = _phrases("""
suspend|dismiss|sack|resign|retire|quit|arrest|charg|convict|sentenc|acquit|accus|alleg|complain
investigat|interview|caution|warn|disciplin|misconduct|grievanc|appeal|hearing|tribunal|assault
abus|rape|stalk|harass|bully|theft|stole|fraud|offend|offenc|offens|drunk|drug|bail|remand|custod
detain|detention|search|victim|witness|suspect|defendant|claimant|plaintiff|applicant|patient|inmate
prisoner|whistle|inform|sick|ill|absen|injur|died|dead|death|deceas|suicid|pregnan|matern|disab
cancer
hiv|mental|depress|stress|anxi|diagnos|hospital|operat|medic|wife|husband|spouse|partner|daughter
son
mother|father|brother|sister|child|parent|widow|ex-|friend|neighbour|lover|affair|relationship|marri
divorc|bankrupt|debt|owes|fail|poor|redundan|settle|compensat|paid|earn|salary|bonus|leave|promot
demot|transfer|redeploy|withheld|redact|not upheld|upheld|proven|guilty|blam|fault|dispute|refus
gwahardd|diswydd|arest|cyhudd|cwyn|marw|anaf|salwch|dioddef
fionraí|briseadh|gabh|gearán|éag|gortú|tinneas
suspendu|licenci|démission|arrêt|mis en examen|condamn|plainte|décéd|bless|malad|victime|congé
suspend|entlass|gekündigt|festgenommen|verhaftet|angeklagt|verurteilt|beschwerde|verstorben|verletzt
krank|opfer|beurlaubt|abgemahnt
suspendid|despedid|detenid|arrestad|acusad|condenad|denunci|queja|falleci|herid|enferm|víctima|baja
zawieszon|zwolnion|aresztowan|zatrzyman|oskarżon|skazan|skarg|zmarł|ranny|ranna|chor|ofiar
poszkodowan
موقوف|مفصول|اعتقل|متهم|شكوى|توفي|مصاب|مريض|ضحية
停职|解雇|开除|逮捕|被捕|指控|定罪|投诉|死亡|受伤|患病|受害
معطل|برطرف|گرفتار|ملزم|شکایت|وفات|زخمی|بیمار|متاثرہ
""")

# Words that begin like one of `SAID` and are of posts, bodies and health services
NOT_SAID: Final = words("""
information informatics informatik informations informationen hospital hospitals ill operations
operational operator medical medicine medicines mental health social child children leave left
sonstige sons research searches search
""")

# Words by which a text says that a person is meant, where a name does not
PERSON: Final = words("""
he she him her his hers they them who whose complainant victim witness suspect defendant detainee
prisoner patient officer officers constable sergeant inspector applicant claimant requester employee
man woman boy girl male female child baby infant mother father son daughter wife husband brother
sister person individual resident tenant pupil student driver passenger
ef achwynydd dioddefwr tyst claf swyddog dyn menyw plentyn
sé gearánach íospartach finné othar oifigeach páiste
il elle plaignant plaignante victime témoin patient patiente agent homme femme enfant suspect
er sie beschwerdeführer beschwerdeführerin opfer zeuge zeugin patient patientin beamter beamtin mann
frau kind täter beschuldigte beschuldigter
él ella denunciante víctima testigo paciente agente hombre mujer niño niña
ona skarżący skarżąca ofiara świadek pacjent pacjentka funkcjonariusz mężczyzna kobieta dziecko
""")

# A text that speaks of health or care, in which a bare number may be a patient's
HEALTH: Final = _phrases("""
patient|nurse|doctor|gp|clinic|hospital|ward|nhs|hsc|chi|health|medical|admitted|discharged|treated
diagnos|referred|referral|appointment|prescri|surgery|a&e|ambulance|injur|illness|care plan|claf
meddyg|ysbyty|othar|malade|patiente|médecin|krank|arzt|klinik|paciente|médico|pacjent|lekarz|szpital
مريض|طبيب|مستشفى|病人|患者|医院|مریض
""")

# Numbers that are a matter's, not a person's
REFERENCES: Final = _phrases("""
reference|ref|refs|order|invoice|contract|account|case|claim|file|ticket|tender|purchase|po|project
grant|licence|permit|asset|serial|part|item|batch|uprn|usrn|isbn|issn|doi|tel|fax|phone|call
cyfeirnod|cyfeirnod|référence|aktenzeichen|az|geschäftszeichen|referencia|sygnatura|znak
""")
