"""Which motifs the words of a text ask for, in Swedish and English."""

import re
from collections.abc import Iterable

from .address import MOTIFS_MAX

# Beginnings of words -> motif. A beginning with "$" is the whole word; earlier lines win.
WORDS: tuple[tuple[str, str], ...] = (
    ("livboj lifebuoy", "lifebuoy"),
    ("matsvinn matavfall food-waste svinn måltid meal äpple frukt fruit", "pear"),
    ("chatt chat$ dialog samtal conversation språk language", "bubbles"),
    ("robot ai$ ai- assistent assistant maskin", "robot"),
    ("sensor uppkoppl iot sakernas connected mätare", "sensor"),
    ("sängsensor säng$ bed$", "bed"),
    ("skärm screen digital video app$ ar$ förstärkt", "screen"),
    ("skolgård lekplats playground lek$ förskol preschool", "slide"),
    ("skol school elev pupil klass lärar teacher utbildning", "school"),
    ("bibliotek librar bok$ böcker book läs", "library"),
    ("fotboll football plan$ idrott sport fritid", "goal"),
    ("cykel cykl bicycle cycl", "bicycle"),
    ("buss bus$ resor travel mobilitet mobility transport trafik", "bus"),
    ("gatubelysning belysning light lamp", "lamp"),
    ("marin hav sea$ marine rev$ reef öresund", "fish"),
    ("hamn port$ harbour kaj quay färj ferry", "ferry"),
    ("segel sail sundet", "sail"),
    ("torg square market marknad basar bazaar handel", "market"),
    ("odl grow växthus greenhouse", "greenhouse"),
    ("plantskol träd tree skog forest park$ parken", "grove"),
    ("biokol jord soil kompost trädgård garden", "allotment"),
    ("biogas avlopp sewage vatten water rör pipe recolab", "works"),
    ("energi energy sol$ solar elnät", "solar"),
    ("vind wind klimat climate", "turbine"),
    ("återbruk återvinn reuse recycl cirkul circular resurs", "containers"),
    ("bygg build betong concrete bostad bostäd housing boende", "crane"),
    ("vårdbo vård$ vården care$ omsorg äldre elder demens dementia hemvård", "care"),
    ("hälsa health sjuk psykisk", "hospital"),
    ("museum museer kultur culture teater histori", "theatre"),
    ("ensam lonel gemenskap invånar resident medborgar delaktig ungdom unga young", "people"),
    ("bro$ bron bridge", "bridge"),
    ("innovation idé idea hackathon sprint", "lighthouse"),
    ("stad$ staden stads city", "townhall"),
)
_WORD = re.compile(r"[a-zåäöéü0-9]+")


def motifs_for(text: str, tags: Iterable[str] = ()) -> tuple[str, ...]:
    """At most MOTIFS_MAX motifs for the words of `text` and `tags` (slugs of sectors and the
    like), in the order in which the words come."""
    found: list[str] = []
    for word in _WORD.findall(" ".join([text, *tags]).lower()):
        motif = _motif_of(word)
        if motif and motif not in found:
            found.append(motif)
    return tuple(found[:MOTIFS_MAX])


def _motif_of(word: str) -> str | None:
    for beginnings, motif in _SPLIT:
        if any(word == b[:-1] if b.endswith("$") else word.startswith(b) for b in beginnings):
            return motif
    return None


_SPLIT = [(tuple(beginnings.split()), motif) for beginnings, motif in WORDS]
