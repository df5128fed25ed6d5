"""Nouns by what they stand for when they speak: people, bodies, papers and broadcasters, documents; and US states.

Word lists only, of the language and not of any story.
"""

import re

from index.language.given_names import folded, word_set

OFFICES = word_set(
    """
    president vice-president senator governor mayor congressman congresswoman representative speaker leader whip
    secretary minister ambassador general chairman chairwoman chair chairperson judge justice prosecutor sheriff
    chief commissioner director treasurer chancellor premier pope bishop archbishop cardinal king queen prince
    princess lawmaker legislator delegate councilman councilwoman assemblyman assemblywoman superintendent admiral
    colonel captain lieutenant sergeant attorney-general pastor reverend dean provost professor doctor lady officer
    councillor councilor alderman constable inspector magistrate taoiseach coroner vicar sheikh head
    """
)
SOURCES = word_set(
    """
    spokesman spokeswoman spokesperson aide adviser advisor official source person lawyer attorney assistant deputy
    staffer operative insider strategist supporter critic opponent ally friend colleague neighbor neighbour voter
    witness member employee worker student resident protester protestor demonstrator expert analyst observer
    representative surrogate counsel lobbyist donor volunteer organizer organiser activist advocate counselor
    reporter journalist correspondent anchor host moderator editor columnist blogger commentator pundit pollster
    economist scholar researcher scientist historian biographer producer man woman boy girl teenager victim suspect
    questioner heckler participant attendee caller narrator announcer interviewer interviewee
    """
)
DESCRIPTIONS = word_set(
    """
    nominee candidate hopeful contender frontrunner front-runner standard-bearer rival incumbent challenger democrat
    republican libertarian independent conservative liberal progressive socialist politician statesman mogul tycoon
    magnate billionaire millionaire businessman businesswoman executive entrepreneur investor developer neurosurgeon
    surgeon physician psychologist star celebrity actor actress singer comedian author writer novelist filmmaker
    director player coach athlete soldier veteran mother father grandmother grandfather son daughter wife husband
    brother sister widow widower native resident graduate diplomat admiral heiress rapper musician artist designer
    lawyer ceo founder owner teacher nurse farmer superstar legend icon maverick moderate hero guru poet architect
    visionary individual
    """
)
HUMAN = OFFICES | SOURCES | DESCRIPTIONS
FEMALE = word_set(
    """
    woman girl mother grandmother daughter wife sister widow queen princess chairwoman congresswoman spokeswoman
    businesswoman councilwoman assemblywoman actress heiress aunt niece lady girlfriend stepmother saleswoman
    housewife waitress hostess grandma mom
    """
)
MALE = word_set(
    """
    man boy father grandfather son husband brother widower king prince chairman congressman spokesman businessman
    councilman assemblyman statesman uncle nephew gentleman boyfriend stepfather salesman pope bishop cardinal
    archbishop dad anchorman
    """
)
BODIES = word_set(
    """
    campaign team camp administration committee department agency bureau company firm corporation organization
    organisation group party government state ministry office court panel board council commission foundation
    institute center centre university college school union association coalition church city county hospital bank
    airline network paper newspaper magazine website site outlet publication journal station channel police
    transition legislature congress senate house embassy think-tank tank nonprofit charity league army military
    force service alliance chamber authority union supreme regulator watchdog delegation caucus club pac zoo district
    museum chain tribe airport palace federation observatory diocese academy library program programme festival
    institution clinic utility band park facility
    """
)
OUTLETS = word_set(
    """
    paper newspaper magazine website site outlet publication journal network station channel broadcaster blog daily
    weekly tabloid agency
    """
)
DOCUMENTS = word_set(
    """
    poll survey report study statement letter article piece story document memo email e-mail tweet post ad
    commercial book memoir autobiography account column editorial op-ed essay release complaint lawsuit suit filing
    brief ruling opinion decision order speech remarks comments interview message note clip video spot transcript
    website page plan analysis findings finding data figures statistics results announcement press-release testimony
    caption headline biography blog profile review missive manifesto platform proposal tally petition advertisement
    answer response
    """
)
STUDIES = word_set(
    """
    poll polls polling survey surveys study studies report reports analysis analyses research data figures statistics
    review audit inquiry investigation findings records census estimates
    """
)
FAMILY = word_set(
    """
    mother father son daughter wife husband brother sister widow grandson granddaughter uncle aunt cousin niece
    nephew grandfather grandmother boyfriend girlfriend friend parents family children sons daughters
    """
)
_AGENT = ("er", "or", "ist", "ian", "man", "woman", "person", "keeper", "smith", "-old")
_OTHER_PEOPLE = word_set(
    """
    agent boss chef clerk pilot guard cop midwife patient tenant accountant consultant attendant servant immigrant
    migrant applicant defendant complainant claimant contestant merchant vet monk nun priest thief spy guest cook
    apprentice trainee referee refugee retiree detainee trustee evacuee escapee devotee inmate convict detective
    relative captive academic mechanic cleric medic paramedic skeptic expat teen adult kid child guy rookie goalie
    principal heir monarch duke baron recruit scout citizen conservationist captain ace fullback halfback quarterback
    linebacker cyclist archivist hostage accused plaintiff bartender bystander passer-by
    """
)
_NO_AGENTS = word_set(
    """
    number computer matter quarter chapter river winter summer weather corner border manner dinner disaster server
    container whether however never ever together other another either neither former latter later earlier better
    bigger larger smaller higher lower younger older under after per her offer answer shoulder finger charter
    chamber cancer register poster banner filter folder trailer helicopter character monster supper shelter theater
    transfer murder wonder anger danger layer timber remainder reminder powder thunder laser router headquarter
    freezer printer scanner cluster barrier frontier tier pier career beer fever liver sewer lever silver ladder
    butter litter gutter shutter fiber saber cylinder calendar buffer bumper burger dollar fewer greater further
    farther rather altogether forever cooker cracker cutter dozer feeder fender flower shower soccer poker copper
    pepper paster plaster roster rocker rubber slipper tanker tender tiger tractor trigger tumbler wafer whisper
    zipper master airliner liner cruiser bomber september starter adapter amplifier blender boiler browser
    bulldozer bunker burner charger clipper clutter cursor door floor color colour honor honour harbor harbour
    favor favour labor labour humor humour rumor rumour terror horror error mirror minor major motor factor sector
    vector reactor interior exterior corridor behavior behaviour odor odour vapor vapour armor armour tumor tumour
    flavor flavour rigor rigour vigor vigour prior superior inferior junior senior indoor outdoor processor monitor
    indicator generator elevator escalator calculator refrigerator radiator ventilator accelerator meteor metaphor
    decor anterior posterior mist fist wrist twist waist gist heist german roman human median meridian filibuster
    encounter waiver super prayer ouster chatter razor fervor cheer endeavor endeavour furor misdemeanor slumber
    tenor sliver glimmer alabaster counteroffer specter disorder manslaughter teleprompter bluster cyber sticker
    twitter semester shredder mailer blockbuster temper caliber technicolor swagger moniker candor candour desist
    fundraiser tracker maneuver discover recover
    """
)
_NO_AGENT = tuple("power over meter center centre paper letter order gender water counter sensor tower".split())
_LISTS = frozenset("list playlist wishlist watchlist hitlist blacklist whitelist shortlist checklist".split())
_MAKES = ("maker", "builder", "seller", "carrier")
_AGENTS_OR_BODIES = word_set(
    """
    retailer insurer lender supplier manufacturer operator publisher broadcaster provider employer brewer distiller
    regulator distributor developer contractor subcontractor wholesaler importer exporter competitor creditor refiner
    processor vendor underwriter partner
    """
)
TITLES_IN_FULL = {
    "sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "pres": "president",
    "prof": "professor", "rev": "reverend", "dr": "doctor", "capt": "captain", "col": "colonel", "lt": "lieutenant",
    "sgt": "sergeant", "adm": "admiral", "atty": "attorney", "congresswoman": "representative",
    "congressman": "representative", "cllr": "councillor", "coun": "councillor", "councilor": "councillor",
    "ald": "alderman", "insp": "inspector", "supt": "superintendent", "const": "constable", "det": "detective",
}  # fmt: skip
"""Titles that are written short, or as only some people are called, by that of which they are a form."""
_ABBREVIATED = {
    **TITLES_IN_FULL, "ceo": "executive", "gop": "republican", "democratic": "democrat", "chairwoman": "chair",
    "chairman": "chair", "chairperson": "chair", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "president-elect": "president", "adviser": "advisor", "us": "us", "u.s": "us", "standard-bearer": "candidate",
    "nominee": "candidate", "lawyer": "attorney",
}  # fmt: skip
_STATES = """
Alabama Ala AL | Alaska AK | Arizona Ariz AZ | Arkansas Ark AR | California Calif CA | Colorado Colo CO
Connecticut Conn CT | Delaware Del DE | Florida Fla FL | Georgia Ga GA | Hawaii HI | Idaho ID | Illinois Ill IL
Indiana Ind IN | Iowa IA | Kansas Kan KS | Kentucky Ky KY | Louisiana La LA | Maine ME | Maryland Md MD
Massachusetts Mass MA | Michigan Mich MI | Minnesota Minn MN | Mississippi Miss MS | Missouri Mo MO | Montana Mont MT
Nebraska Neb NE | Nevada Nev NV | New_Hampshire N.H NH | New_Jersey N.J NJ | New_Mexico N.M NM | New_York N.Y NY
North_Carolina N.C NC | North_Dakota N.D ND | Ohio OH | Oklahoma Okla OK | Oregon Ore OR | Pennsylvania Pa PA
Rhode_Island R.I RI | South_Carolina S.C SC | South_Dakota S.D SD | Tennessee Tenn TN | Texas TX | Utah UT
Vermont Vt VT | Virginia Va VA | Washington Wash WA | West_Virginia W.Va WV | Wisconsin Wis WI | Wyoming Wyo WY
"""
_WORD = re.compile(r"[\w.-]*\w")


def states_by_abbreviation() -> dict[str, str]:
    """Folded abbreviation ("sc", "wis") to the state's name in small letters."""
    found: dict[str, str] = {}
    for row in _STATES.replace("\n", "|").split("|"):
        if row.strip():
            name, *short = row.split()
            found |= {folded(form): name.replace("_", " ").lower() for form in short}
    return found


def role_word(word: str) -> str:
    """The word by which roles are compared: "Sen." and "senator" are one, and so are chairman and chairwoman."""
    plain = folded(word).rstrip("s'") if folded(word).endswith(("'s", "s'")) else folded(word)
    return _ABBREVIATED.get(plain, plain)


def role_words(text: str) -> set[str]:
    """The words of a description as roles are compared."""
    return {role_word(word) for word in _WORD.findall(text)}


def is_human(noun: str) -> bool:
    """Whether the noun, in the singular, means a person: listed, or formed as words for people are ("goalkeeper").

    What can as well be a body is none unless listed ("retailer"); nor is a list of things formed alike ("tower").
    """
    plain = folded(noun)
    last = plain.rsplit("-", 1)[-1]
    if plain in HUMAN or plain in FAMILY or last in HUMAN:
        return True
    thing = last in DOCUMENTS | _NO_AGENTS | _LISTS or last.endswith(_NO_AGENT) or may_be_body(last)
    return last in _OTHER_PEOPLE or (plain[2:].endswith(_AGENT) and not thing)


def does_business(noun: str) -> bool:
    """Whether the noun says what a firm does ("Landlord Hale Homes"), and is no part of its name."""
    plain = folded(noun)
    return plain in {"landlord", "owner", "utility"} | _AGENTS_OR_BODIES or plain.endswith(_MAKES)


def may_be_body(noun: str) -> bool:
    """Whether the noun means a body or can: "agency", "carmaker"."""
    plain = folded(noun)
    return plain in BODIES | OUTLETS | _AGENTS_OR_BODIES or plain.endswith(_MAKES)
