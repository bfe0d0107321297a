"""What no rule knows of words: forms that belong together, parts of compounds, empty words."""

# One family a line, its base first. In Swedish it holds for the end of compounds too.
_SWEDISH = """
    cykel cykeln cyklar cyklarna cykla cyklat cyklade cyklande cykling cyklingen
    bok boken böcker böckerna
    stad staden städer städerna
    land landet länder länderna
    hand handen händer händerna
    fot foten fötter fötterna
    natt natten nätter nätterna
    man mannen män männen
    strand stranden stränder stränderna
    museum museet museer museerna
    center centret centrum centrumet centren
    fönster fönstret fönstren
    kluster klustret klustren
    register registret registren
    mönster mönstret mönstren
    monster monstret
    vatten vattnet vattnen
    avlopp avloppet avloppen avloppsvatten
    möbel möbeln möbler möblerna möblerad möblera
    regel regeln regler reglerna
    nyckel nyckeln nycklar nycklarna
    fågel fågeln fåglar fåglarna
    muskel muskeln muskler
    medel medlet medlen
    öppen öppet öppna öppnare öppnar öppnade öppnat
    egen eget egna
    vuxen vuxet vuxna
    nyfiken nyfiket nyfikna
    enkel enkelt enkla enklare enklast enklaste
    äldre äldres gammal gammalt gamla äldst äldsta
    yngre ung unga ungt ungas yngst yngsta
    liten litet lilla små mindre minst minsta
    god gott goda bra bättre bäst bästa
    plan planen planer planerna planens planers planernas
    program programmet programmen
    internet internets
    demens demensen dement dementa
    barn barnet barnen
    lärare läraren lärarna lärarens lärarnas lärar
    lära lär lärde lärt lärs läras
    mäta mäter mätte mätt mäts mätning mätningar mätningen
    bygga bygg bygger byggde byggt byggs byggas byggd byggda
    växa växer växte vuxit
    skilsmässa skilsmässan skilsmässor skilsmässorna skilsmisse skild skilda
    jobb jobbet jobben jobba jobbar
    rutin rutinen rutiner rutinerna
    termin terminen terminer terminerna
    medicin medicinen mediciner
    maskin maskinen maskiner maskinerna
    data datan
    hållbar hållbart hållbara hållbarhet hållbarheten
    dator datorn datorer datorerna
"""
_ENGLISH = """
    child children
    person persons people
    woman women
    man men
    life lives
    lonely loneliness
    elder elderly elders
    old older oldest
    young younger youngest
    safe safety safer safely
    bicycle bicycles bike bikes
    city cities
    build building buildings built builds
    learn learning learned learnt learns
    teach teaching taught teaches
    waste wastes wasted
"""


# What compounds often begin with, also where the catalogue doesn't have the word by itself.
_COMPOUND_HEADS = """
    air arbet avfalls bad barn bed besöks bibliotek bil book bostad buss centrum class cykel dags
    data dator digital djur drift el elev energi familj familje fastighet film flykting folk foot
    forsknings framtids fritid förening företag för förskol gata gatu grann grund grupp grön gång
    hamn hand havs helg hem hemma hjärt home house hund hus hushåll häls hälso högskol idrott
    industri informations innovations invånar järnvägs kaj klimat kommun konst kontakt kort kost
    krets kris kropp kultur kust kvarter kvinno kvälls kök land landsbygd lek lekplats life light
    liv ljud ljus lokal luft lån låne läkar lärar läs mark marknad mat medborgar medlems miljö mobil
    motor musik människo natt natur näring närområd nät odling omsorg ord park patient person plan
    plast plats play psykiatri radio rain regn reparation robot rum rörelse samhäll school sea sjuk
    sjukhus sjö skog skol skräp små snabb social sol sommar spel språk stad statistik stor strand
    street ström studie stöd sun svensk tand teater teknik tid torg trafik trygghets träd trädgård
    träff tåg ungdom utbildning ute vardag vatten verksamhet vind vinter vuxen väg värd värme water
    wind work yrkes åldring återbruk återvinning äldre övning
"""
# Endings that are no words when they end a longer one (digitalise-ring).
_WORD_ENDINGS = """
    are ande ende bar bart bara barhet het ing ingen ning ring ling ting isk lig litet dom skap
    ment tion ist ras less
"""
# They stand in nearly every sentence.
_STOP_WORDS = """
    a about aldrig all alla allt alltid always an and andra annat any are as at att av bara be
    been blev bli blir both by båda både can could de dem den denna dess dessa det detta did dig
    din dina dit ditt do does dom du då där efter ej eller en ens er era ett finns flera for
    from från få får för genom get got gör göra ha had hade han har has have having hen hit hon
    hos how hur här i ibland if in innan inom inte into is it its ja jag ju kan kunde man many
    me med medan mellan men mer mig min mina mitt mot much my mycket många nej never ni not nu
    någon något några när och också of ofta often olika om on or oss other our på samt sedan she
    sig sin sina sitt ska skulle so som some sometimes such så sådana than that the their them
    then there these they this those till to under upp us ut utan vad var vara varför varit vars
    vem vems vi via vid vilka vilken vilket vill vår våra vårt väl was we were what when where
    which while who why will with would you your åt än är även över
"""
# What people write around what they look for; left out when anything else of it is found.
_FILLERS = """
    berätta bland exempel find finding gjorde gjort handla handlar happened hitta hittar hända hände
    händer hänt initiative initiatives initiativ initiativen initiativet kommunen kommunens leta
    letar looking made project projects projekt projekten projektet show staden stadens stan söka
    söker tell things vet veta visa visar
"""


def _by_form(families: str) -> dict[str, str]:
    lines = [line.split() for line in families.strip().splitlines()]
    return {form: line[0] for line in lines for form in line}


def _by_base(families: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split() for line in families.strip().splitlines()}


SWEDISH_FAMILIES = _by_form(_SWEDISH)
SWEDISH_FORMS = _by_base(_SWEDISH)
ENGLISH_FAMILIES = _by_form(_ENGLISH)
COMPOUND_HEADS = frozenset(_COMPOUND_HEADS.split())
FILLERS = frozenset(_FILLERS.split())
STOP_WORDS = frozenset(_STOP_WORDS.split())
# What is a word even where the catalogue doesn't have it.
KNOWN_WORDS = frozenset((*COMPOUND_HEADS, *STOP_WORDS, *SWEDISH_FAMILIES, *ENGLISH_FAMILIES))
WORD_ENDINGS = frozenset(_WORD_ENDINGS.split())
