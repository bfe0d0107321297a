"""Words of an initiative, Swedish and English, to the motifs that show it."""

import re
from collections.abc import Iterable

from .address import MOTIFS_MAX

# Beginnings of words -> motif. Where one word begins as two entries do, the longest counts, and
# "-" shields a word from a shorter entry: "parkering" is not a park.
BEGINNINGS: dict[str, str] = {}


def _begin(motif: str, words: str) -> None:
    BEGINNINGS.update(dict.fromkeys(words.split(), motif))


_begin("school", "skol elev lärar utbildning pedagog klassrum school pupil teacher education")
_begin("slide", "förskol lekplats lekmiljö barn preschool playground child kids")
_begin("library", "bibliotek böcker läsning library librar book")
_begin("theatre", "teater kultur konst museum theatre theater culture art museum")
_begin("bunting", "festival expo mässa torg event invånardag square kidsedition pixla ops")
_begin(
    "people",
    "invån medborgar delaktig medskap samskap gemenskap ungdom unga resident citizen "
    "participat communit youth mötesplats möts föräldr familj parent famil skilsmäss anhörig",
)
_begin(
    "bubbles",
    "dialog samtal chatt chatbot chat språk intervju kommunikation politik nämnd "
    "conversation language interview communicat politic",
)
_begin("townhall", "demokrati kommunfullmäktige rådhus deklaration avtal democra council agreement")
_begin(
    "care",
    "omsorg vård äldre lss ensamhet demens familjehem hemtjänst hemmiljö brukare care "
    "elder dement lonel",
)
_begin("hospital", "sjukhus hälsa hälso psykisk ohälsa health hospital mental medicin medical")
_begin("bed", "säng sömn natt bed sleep night")
_begin("gable", "bostad bostäd boende hus hem bo housing home")
_begin("block", "fastighet stadskvarter kvarter stadsplan stadsutveck real-estate urban planering")
_begin("crane", "hamn port bygg byggd nybygg konstruk construct build betong")
_begin(
    "containers",
    "logistik gods återbruk återanvänd återvin cirkul dela delning avfall "
    "logistic freight reuse recycl circular shar waste litter",
)
_begin("fish", "hav havs marin marint marina rev fisk ålgräs sea marine ocean reef fish")
_begin("lifebuoy", "livboj strand bad drunkn lifebuoy beach swim")
_begin("ferry", "färja båt sjöfart ferry boat")
_begin("lighthouse", "trygg säker safe secur vision trend omvärld framtidssäkr")
_begin("bridge", "bro bron samarbete samverkan bridge cooperat collaborat relation integration")
_begin("tree", "träd plantskol tree")
_begin("grove", "park parker natur skog biologisk grönområd skolgård nature forest biodivers green")
_begin("leaf", "klimat miljö hållbar biokol climate environment sustain")
_begin("allotment", "odl kolonilott plant växt grow garden cultivat allotment")
_begin("greenhouse", "växthus växtodling greenhouse")
_begin("pear", "mat matsvinn svinn måltid livsmedel food meal smartmat")
_begin("market", "marknad basar market bazaar butik shop")
_begin("turbine", "vindkraft vind energi klimatneutral wind energy")
_begin("solar", "sol solcell solenergi solar sun")
_begin(
    "works",
    "avlopp vatten rör biogas fjärrvärme värme värmenät recolab sewage wastewater water "
    "heat pipe regn",
)
_begin("bicycle", "cykel cykl cyklist testcykl bicycle bike cycl")
_begin(
    "bus",
    "buss resa resande resor transport kollektiv trafik mobilitet bus travel traffic "
    "mobility transit",
)
_begin(
    "robot",
    "robot leveransrobot skräprobot drönare ai maskininlärning automat artificial drone machine "
    "digital-assistent",
)
_begin("sensor", "sensor iot uppkoppl antenn mätning mätstation nätverk wireless")
_begin(
    "screen",
    "digital app webb e-tjänst portal skärm plattform data datadriv digidel film video "
    "bild web screen platform software databas lärande e-learning",
)
_begin("lamp", "belysning gatubelysning lampa ljus light lamp lighting")
_begin("goal", "fotboll idrott sport fritid football soccer leisure")
_begin(
    "kiosk",
    "kiosk café cafe fik service kontaktcenter kontakt entreprenör företag start-up "
    "startup entrepreneur compan",
)
_begin(
    "stairs",
    "jobb arbete arbets anställ kompetens rekryter bemanning karriär job work career "
    "skill employ u2work accelerator",
)
_begin("rainbow", "inkluder social mångfald inclus divers")
_begin("tower", "testbädd labb lab forsk forskning research universitet universit")
_begin("keep", "helsingborg kärnan slott castle")
_begin("stepped", "kulturarv historia historisk heritage histor")
_begin("watertower", "vattentorn utsikt view lookout")
_begin(
    "-",
    "parkering miljon vindruta solidar matta matematik material barnbarn huskur hemsida "
    "broschyr barriär badminton bok bokning portfölj portfolio support artik artif artist appl "
    "apparat homepage datum boka borgar bolag",
)

# The address of a sector or technology says more than a word of a title.
TAGS = {
    "school": "school", "preschool": "slide", "children-young-people": "slide",
    "care-welfare": "care", "mental-health": "hospital", "culture": "theatre", "food": "pear",
    "energy": "turbine", "environment": "leaf", "biodiversity": "grove", "port": "crane",
    "water": "works", "wastewater-separation": "works", "pyrolysis": "works",
    "mobility": "bus", "housing": "gable", "real-estate": "block", "urban-planning": "block",
    "public-environment": "tree", "sustainable-construction": "crane",
    "circular-economy": "containers", "sharing-economy": "containers", "leisure": "goal",
    "participation": "people", "co-creation": "people", "social-innovation": "bridge",
    "social-sustainability": "bridge", "labour-market": "stairs",

    "ai": "robot", "robotics": "robot", "chatbot": "bubbles", "machine-learning": "robot",
    "iot": "sensor", "smart-lighting": "lamp", "web-platform": "screen", "mobile-app": "screen",
    "ar": "screen", "video": "screen", "e-learning": "library", "data-analysis": "tower",
    "safety": "lighthouse", "digitalisation": "screen",
}  # fmt: skip

# Nearly every initiative has residents and something digital: what else is said comes first.
_EVERYDAY = frozenset({"people", "screen"})
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WHOLE = 3  # a beginning this short must be the whole word: "hav" is, "hem" is not in "hemlig"
_LONGEST = max(map(len, BEGINNINGS))


def motifs_for(text: str, tags: Iterable[str] = ()) -> tuple[str, ...]:
    """Up to three motifs: those of the text in the order of its words, then those of the tags.

    text: any mix of Swedish and English, best first (title before lead). tags: slugs of sectors
    and technologies. The same motif is never given twice.
    """
    found = [_motif_of(word) for word in _words(text)]
    found += [TAGS.get(tag) for tag in tags]
    names = dict.fromkeys(name for name in found if name)
    return tuple(sorted(names, key=_EVERYDAY.__contains__))[:MOTIFS_MAX]


def _words(text: str) -> Iterable[str]:
    """Words in lower case; a word with a hyphen also as its parts."""
    for word in _WORD.findall(text.lower()):
        yield word
        if "-" in word:
            yield from word.split("-")


def _motif_of(word: str) -> str | None:
    for length in range(min(len(word), _LONGEST), 1, -1):
        motif = BEGINNINGS.get(word[:length])
        if motif and (length > _WHOLE or length == len(word)):
            return None if motif == "-" else motif
    return None
