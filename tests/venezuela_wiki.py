"""Three pages of a wiki for `article.txt`, and by hand: which passage each of its claims has, or none.

Labelled before any matcher was run over them. A claim is named by words of it, a passage by its beginning.
"""

CAPTURE = """On 4 January 2026, United States forces captured the president of Venezuela, Nicolás Maduro, \
and his wife in a military strike.

The bombs fell on military installations in Caracas and in the surrounding states; Venezuelan forces were \
caught off guard. Power failed in parts of the capital for several hours, and the airport stayed closed \
until the evening.

Trump announced the capture on Truth Social on January 4 and called it a "large-scale strike". He claimed \
that the U.S. would "run Venezuela" for the time being, which officials later walked back.

Delcy Rodríguez, the interim leader, invited Trump to "collaborate" and to establish "respectful relations".

The prisoners were flown to New York. Their lawyers asked for a public trial.
"""
CONFLICT = """In August 2025 the United States began Operation Southern Spear and sent military assets \
to the Caribbean, targeting drug cartels. Three destroyers and a submarine left Norfolk first.

Fishermen of Trinidad complained that their boats were searched at night.

In November 2025 talks failed, since Maduro demanded amnesty in exchange for stepping down and the Trump \
administration rejected it.

The administration called the operation law enforcement against narcoterrorism and corruption, and accused \
Maduro of supporting the Tren de Aragua gang.
"""
RELATIONS = """Diplomats of both countries first met in 1835. Oil was discovered near Lake Maracaibo in \
1914, and American companies pumped most of it.

In the crisis of 2019 Trump recognized Juan Guaidó as interim president, and Maduro broke diplomatic \
relations.

Since 2017, Trump had said that he would not rule out a military option.

The embassy in Caracas has been empty for years. Baseball remains popular in both countries.
"""
PAGES = {
    "2026 United States intervention in Venezuela": CAPTURE,
    "2026 Venezuela–United States conflict": CONFLICT,
    "United States–Venezuela relations": RELATIONS,
}
REDIRECTS = {"2026 US regime change in Venezuela": "2026 United States intervention in Venezuela"}

_INVITED = "Delcy Rodríguez, the interim leader"
_CAPTURED = "On 4 January 2026, United States forces"
PASSAGES = {
    "took an unexpected turn": _INVITED,
    "captured Venezuelan President Nicolás Maduro and his wife": _CAPTURED,
    "Delcy Rodriguez invited Trump": _INVITED,
    "would “run Venezuela” temporarily": "He claimed that the U.S. would",
    "not rule out a military option": "Since 2017, Trump had said",
    "Operation Southern Spear": "In August 2025 the United States",
    "framed the operation as law enforcement": "The administration called the operation",
    "via Truth Social": "Trump announced the capture on Truth Social",
    "Delcy Rodriguez extended an invitation": _INVITED,
    "recognized Juan Guaidó": "In the crisis of 2019",
    "Failed November 2025 talks": "In November 2025 talks failed",
    "The strikes targeted military facilities": "The bombs fell on military installations",
}
NONE = (
    "diplomatic overture came after years",
    "first direct kinetic action",
    "By September 2025, reports surfaced",
    "most remarkable development",
    "stark departure",
    "pragmatic approach",
    "calculated attempt to salvage",
    "Unlike previous sanctions",
    "humanitarian crisis that displaced millions",
    "cannot afford continued isolation",
    "concerns about regional stability",
)
