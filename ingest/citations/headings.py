"""What people write above a list of sources, in many languages: data and one test. Pure."""

import re

# The table. A heading counts when it is one of these words and nothing else (after numbering, colon,
# brackets and blanks are taken off); a new language is a new line.
SOURCE_HEADINGS = frozenset(
    name.casefold()
    for line in """
    sources; source; sources cited; sources consulted; sources and references
    references and sources; our sources
    sources and further reading; sources and notes; notes and sources; references; reference
    reference list
    references and notes; notes and references; references cited; references and further reading
    bibliography
    selected bibliography; select bibliography; works cited; work cited; works consulted; literature
    literature cited
    cited literature; further reading; additional reading; suggested reading; recommended reading
    citations
    footnotes; endnotes; notes; end notes; external references; links and sources; sources and links
    source list
    article sources; list of references; primary sources; secondary sources; sources used
    sources for this article
    quellen; quelle; quellenangaben; quellenangabe; quellenverzeichnis; quellennachweis
    quellennachweise; literatur
    literaturverzeichnis; literaturangaben; literaturhinweise; literaturnachweise; einzelnachweise
    nachweise; belege
    fußnoten; fussnoten; anmerkungen; weiterführende literatur; weiterführende links
    quellen und links
    quellen und literatur; literatur und quellen; weblinks; endnoten; verwendete quellen
    fuentes; fuente; referencias; referencia; bibliografía; bibliografia; notas; notas al pie
    obras citadas
    notas y referencias; lecturas adicionales; fuentes consultadas; referencias bibliográficas
    lecturas recomendadas
    fontes; fonte; referências; referências bibliográficas; leitura adicional; notas e referências
    obras citadas
    sources et références; références; référence; bibliographie; notes et références
    notes de bas de page
    pour aller plus loin; ouvrages cités; lectures complémentaires; sources utilisées
    références bibliographiques
    bronnen; bron; referenties; literatuur; literatuurlijst; bronvermelding; voetnoten
    bronnen en referenties
    bronnen, noten en/of referenties; noten; verder lezen; bronnenlijst
    fonti; riferimenti; riferimenti bibliografici; note; letture consigliate; bibliografia e fonti
    note bibliografiche
    fonti e riferimenti; per approfondire
    källor; källa; referenser; källförteckning; litteratur; fotnoter; noter; källhänvisningar
    vidare läsning
    kilder; kilde; referanser; referencer; henvisninger; litteraturliste; fotnoter; videre læsning
    videre lesing
    lähteet; lähde; viitteet; kirjallisuus; heimildir; tilvísanir
    źródła; źródło; przypisy; bibliografia; literatura; odniesienia
    zdroje; reference; prameny; poznámky; odkazy; literatúra; odkazy a zdroje; viri; opombe; izvori
    reference i izvori
    források; hivatkozások; jegyzetek; irodalom; surse; referințe; bibliografie; note și referințe
    kaynaklar; kaynakça; dipnotlar; referanslar; πηγές; παραπομπές; βιβλιογραφία; σημειώσεις
    αναφορές
    источники; источник; литература; примечания; ссылки; список литературы
    использованная литература; библиография
    джерела; примітки; література; посилання; источници; бележки; литература; извори; референце
    参考文献; 参考资料; 参考資料; 资料来源; 資料來源; 来源; 來源
    引用; 脚注; 註釋; 注释; 參考文獻; 參考資料; 延伸阅读; 延伸閱讀
    出典; 参照; 参考; 注釈; 情報源; 引用文献; 関連文献
    참고 문헌; 참고문헌; 출처; 각주; 참고 자료; 참고자료
    المصادر; مصادر; المراجع; مراجع; هوامش; منابع; پانویس; מקורות; הערות שוליים; ביבליוגרפיה; קישורים
    sumber; referensi; rujukan; daftar pustaka; catatan kaki; nguồn; tham khảo; tài liệu tham khảo
    chú thích
    fonts; fonts i referències; referències; bibliografia consultada
    allikad; viited; kirjandus; avoti; atsauces; literatūra; šaltiniai; nuorodos; literatūros sąrašas
    zdroje a literatúra; pramene; poznámky a odkazy; použitá literatúra; použitá literatura; použité zdroje
    viri in literatura; izvori i literatura; литература и извори; крыніцы; літаратура; зноскі
    користена литература
    iturriak; erreferentziak; fontes e referencias; notas e referencias; burimet; referimet
    heimildaskrá
    ffynonellau; cyfeiriadau; foinsí; tagairtí; bronne; verwysings; vyanzo; marejeo; mga sanggunian
    sanggunian
    წყაროები; ლიტერატურა; სქოლიო; աղբյուրներ; ծանոթագրություններ; գրականություն
    mənbələr; istinadlar; ədəbiyyat
    дереккөздер; әдебиеттер; manbalar; fontoj; referencoj; ذرائع; حوالہ جات; ماخذ; سرچاوەکان
    ஆதாரங்கள்; மேற்கோள்கள்; మూలాలు; ಉಲ್ಲೇಖಗಳು; ಮೂಲಗಳು; അവലംബം; સંદર્ભ; ਹਵਾਲੇ; संदर्भसूची; सन्दर्भ सामग्री
    rujukan dan sumber; pautan; ឯកសារយោង; ເອກະສານອ້າງອີງ; ကိုးကား; အကိုးအကား; эх сурвалж
    แหล่งที่มา; อ้างอิง; เอกสารอ้างอิง; स्रोत; सन्दर्भ; संदर्भ; तथ्यसूत्र; সূত্র; তথ্যসূত্র
    """.splitlines()
    for name in (part.strip() for part in line.split(";"))
    if name
)

# Of these, what people write before sources in one line ("Source: Reuters"); "Note: …" is a remark.
_INLINE = re.compile(
    r"(?:re)?sources?\b|references?\b|bibliograph|works cited|quelle|literatur|fuente|referencia|fonte|"
    r"fonti"
    r"|riferiment"
    r"|référence|bron|käll|kild|referans|źród|zdroj|prameny|forrás|surse|kaynak|πηγέ|fonts\b|allikad|avoti|šaltini|"
    r"источник|джерел|източниц|крыніц|извори|izvori|viri\b|iturri|burimet|mənbə|წყარო|աղբյուր"
    r"|来源|來源|参考|參考|资料|資料|出典|출처|참고|مصادر|مراجع|منابع|מקורות|sumber|nguồn|อ้างอิง|स्रोत"
)
# Remarks stand under these as often as sources do: an entry there must point somewhere.
_NOTES = frozenset(name.casefold() for name in (
    "note", "notes", "end notes", "endnotes", "footnotes", "anmerkungen", "fußnoten", "fussnoten", "notas",
    "noten",
    "noter", "fotnoter", "voetnoten", "przypisy", "poznámky", "opombe", "jegyzetek", "примечания", "примітки",
    "бележки", "脚注", "註釋", "注释", "注釈", "각주", "هوامش", "הערות שוליים", "catatan kaki", "chú thích",
))  # fmt: skip
_NUMBERING = re.compile(r"^(?:#{1,6}\s+|\d{1,2}(?:\.\d{1,2})*\.?\s+|[ivxlc]{1,5}\.\s+)", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:appendix|appendices|anhang|annexe?s?|anexos?|"
    r"supplement(?:ary|al)? (?:material|information|data|figures)|"
    r"acknowledge?ments?|danksagung|remerciements|agradecimientos|about the authors?|author contributions|"
    r"funding|"
    r"(?:conflicts?|competing|declaration) (?:of )?interests?|figure captions|figures|tables|index)"
    r"(?:\s+[A-Z0-9]{1,3})?(?:\s*[:.–—-].{0,50})?",
    re.IGNORECASE,
)
_AROUND = " \t:：*_[]()【】.—–-"
_EDIT_LINK = re.compile(r"\[[^\]\n]{2,30}\]\s*$")


def is_source_heading(line: str) -> bool:
    """Whether a line is nothing but a heading over sources.

    >>> [is_source_heading(line) for line in ("Sources:", "7. Works Cited", "Sources say so")]
    [True, True, False]
    """
    return _bare(line) in SOURCE_HEADINGS


def inline_heading(line: str) -> tuple[str, str] | None:
    """The heading and the rest of a line such as ``Sources: A; B``, or None.

    >>> inline_heading("Quellen: Spiegel; dpa")
    ('Quellen', 'Spiegel; dpa')
    """
    name, colon, rest = line.replace("：", ":", 1).partition(":")
    bare = _bare(name)
    if (
        colon
        and rest.strip()
        and not rest.startswith("//")
        and bare in SOURCE_HEADINGS
        and _INLINE.match(bare)
    ):
        return name.strip(" *_#"), rest.strip()
    return None


def is_notes_heading(line: str) -> bool:
    """Whether a heading announces notes, of which only some cite anything.

    >>> is_notes_heading("Notes:"), is_notes_heading("Notes and references")
    (True, False)
    """
    return _bare(line) in _NOTES


def ends_sources(line: str) -> bool:
    """Whether a line is a heading over what stands behind the sources of a paper.

    >>> ends_sources("Appendix A: Proofs"), ends_sources("Appendix to Berg 2010, in: Walls.")
    (True, False)
    """
    return len(line) <= 80 and bool(_BEHIND.fullmatch(_NUMBERING.sub("", line.strip()).strip(_AROUND)))


def _bare(line: str) -> str:
    if len(line) > 80:
        return ""
    line = _EDIT_LINK.sub("", line.strip())
    return " ".join(_NUMBERING.sub("", line).strip(_AROUND).casefold().split())
