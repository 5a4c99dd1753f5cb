"""Abbreviations that end no sentence, by language: words before a stop, in small letters. Pure data.

English ones stand with the rules in `sentences`. Only words are here that are hardly ever the last of a
sentence: no units, no "Art" that is a kind in German, no "vol" that is a flight in French.
"""

ABBREVIATED: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "de": "abb abt allg bd begr bes bez bzgl ca dipl dr evtl exkl fa fr frl geb gem gest ggf hl hr "
        "hrn hrsg inh inkl ing kap lt max mind phil prof rd sog st str ugs verh vgl zit zzgl",
        "fr": "apr av bd boul chap env éd fasc fig hab ill inv mgr mlle mlles mm mme mmes préf prof réf "
        "st ste trad",
        "es": "admón aprox av avda cap cía coord dña dpto dr dra dres ej excmo fig gral hnos ilmo ing "
        "lic mons núm pág págs prof profa sr sra sres srta sto trad",
        "it": "avv cap cfr dott fig gen geom ing mons pag pagg prof rag sen sig sigg",
        "pt": "aprox av cap cia dr dra exmo fig gen eng núm pág págs prof profa sr sra srta sto trad",
        "nl": "bijv blz ca dhr dr drs evt fam fig hfst ing ir jhr mevr mgr pag prof resp vgl",
        "sv": "ang avd ca doc dr exkl fig inkl jfr kand kap kgl nr obs prof resp st",
        "da": "afd ca dr eks ekskl evt fig hr inkl jf kap kgl mht nr prof resp st vedr",
        "no": "adv avd ca dr ekskl evt fig hr inkl jf kap kgl nr prof resp st vedr",
        "pl": "bł dr doc gen hab inż kpt ks lek mec mgr mjr nr os płk por prof ryc św tab tj tzn tzw ul "
        "zob",
        "cs": "bc čj čl doc dr gen hl inv ing kap kpt mgr mjr mudr nám obr odst plk popř prof sv tj tzn "
        "tzv ul zejm",
        "ru": "акад англ гл гр доц им инж канд напр обл оз пер пл пос проф рис св ср табл тел ул чел",
    }.items()
}
ABBREVIATED["nb"] = ABBREVIATED["nn"] = ABBREVIATED["no"]
