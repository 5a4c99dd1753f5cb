"""Sentences that send their reader elsewhere or tell who made a thing: calls, credits, notices. Pure.

Subscribe to our newsletter.   Read more: …   Lesen Sie auch: …   関連記事   Photo: Jo Doe   (Reporting by …)
"""

import re

# What may stand before such words: brackets, arrows, bullets.
_LEAD = r"^[\s\[(<>»›→▶►•*–—-]*"
_READ_ON = (
    r"read (?:more|also|next|the (?:full|whole|rest)|on)|(?:also |further )?read(?: \w+)?:|"
    r"related\b.{0,12}:|more on this|see (?:also|more)|also read|continue reading|jump to|skip to|"
    r"table of contents|keep reading|you (?:may|might) also (?:like|enjoy)|recommended for you|"
    r"lesen sie (?:hier|auch|mehr|dazu|weiter)|mehr (?:dazu|lesen|infos?|informationen|zum thema)|"
    r"lesetipp\b.?:|auch interessant|das könnte sie|weiterlesen|zum weiterlesen|"
    r"hier (?:geht['’]?s|geht es (?:zu[rm]?|weiter|direkt)|klicken|lesen)|hier gibt(?:['’]s| es) mehr|"
    r"zurück zu|lire (?:aussi|également|la suite|plus)|à lire|voir aussi|"
    r"(?:también )?(?:le|te) puede interesar|"
    r"también (?:puede|puedes|te puede) (?:leer|interesar)|lea (?:también|más)|lee (?:también|más)|"
    r"leer (?:más|también)|más información|leggi (?:anche|di più|tutto)|potrebbe interessart[ie]|"
    r"lees (?:ook|meer|verder)|leia (?:também|mais)|veja (?:também|mais)|läs (?:mer|också)|"
    r"les (?:mer|også)|læs (?:mere|også)|lue (?:myös|lisää)|czytaj (?:też|także|więcej|dalej)|"
    r"zobacz (?:też|także|również)|читайте (?:также|ещё|еще)|смотрите также|читайте також|"
    r"اقرأ (?:أيض[اً]+|المزيد)|קראו (?:גם|עוד)|ayrıca okuyun|devamını oku|διαβάστε (?:επίσης|περισσότερα)|"
    r"xem thêm|đọc thêm|baca juga|čtěte (?:také|dále)|olvassa el|citește și|यह भी पढ़ें|også læs"
)
_ASK = (
    r"subscribe|sign up|sign in|log in|click (?:here|on|to|this|the|below)|"
    r"tap (?:here|on)|follow us|follow \w+ on|share (?:this|on|it)|"
    r"join (?:us|our|the)|download (?:the|our|it|this|now|here|a)|listen to|"
    r"watch (?:now|the video|live|here)|watch:|please|we(?:['’]d| would) love to hear|let us know|tell us|"
    r"enable javascript|support (?:us|our)|"
    r"donate(?: now| here| to| today)?(?=\W*$| (?:now|here|to|today))|buy now|shop now|order now|"
    r"get (?:our|the (?:latest|app|quiz|free|best)|your|access|notified)|don['’]t miss|"
    r"stay (?:tuned|up to date)|contact us|email (?:us|the author)|leave a (?:comment|reply)|"
    r"jetzt (?:abonnieren|lesen|kaufen|anmelden|teilen)|abonnieren|folgen sie uns|bitte|klicken sie|"
    r"melde(?:n sie)? (?:dich|sich) an|suscr[ií]bete|s[ií]guenos|haga clic|haz clic|abonnez|inscrivez|"
    r"cliquez|suivez|iscriviti|clicca|seguici|assine (?:o|a|já|agora)|inscreva|clique (?:no|na|aqui|em)|"
    r"siga (?:o|a|nos|no)|abonneer|klik (?:hier|op)|prenumerera|"
    r"подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтесь)|перейдите по ссылке|"
    r"اشترك(?:وا)? (?:في|الآن|معنا)|تابعو?نا|(?:اضغط|انقر)(?:وا)? (?:هنا|على)|شارك(?:وا)? (?:هذا|المقال)|"
    r"הירשמו|לחצו (?:כאן|על)|עקבו אחרינו|abone ol|tıklayın|bizi takip|"
    r"εγγραφείτε|κάντε κλικ|ακολουθήστε μας|đăng ký (?:nhận|kênh|ngay)|nhấn vào|berlangganan|klik di sini|"
    r"zapisz się|kliknij|śledź nas|přihlaste se k|odebírejte|klikněte|iratkoz(?:z|zon) fel|kattints|"
    r"abonează-te|abonați-vă|dați click|tilaa uutiskirje|tilmeld dig|følg os|følg oss|सब्सक्राइब करें|यहाँ क्लिक करें"
)
_CREDIT = (
    r"getty images(?=\W|$)(?!\s+\w+ed\b)|"
    r"(?:additional |further )?(?:reporting|writing|editing|translation) by\b|ap photo|(?:reuters|afp)/\w+|"
    r"courtesy of|credits?:|"
    r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?) (?:credits?|courtesy|by|via|from)\b|©|\(c\)|"
    r"copyright (?:©|\(c\)|\d{4}|by)|all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos|advertisement\W*$|anzeige\W*$|werbung\W*$|publicidad\W*$|publicité\W*$|"
    r"sponsored\W*$"
)
_NOTICE = (
    r"(?:we|this site|this website) uses? cookies|diese (?:web)?seite verwendet cookies|"
    r"this (?:article|story|post|piece|report|column) (?:(?:was|is|has|been|originally|first|also) )*"
    r"(?:published|reprinted|adapted|appeared|updated|sponsored|corrected|syndicated|translated|produced|"
    r"part of|made possible|(?:may )?contains? affiliate)"
)
_CALL = re.compile(rf"{_LEAD}(?:{_READ_ON}|{_ASK}|{_CREDIT}|{_NOTICE})(?!\w)", re.IGNORECASE)
# Of these, what is no source even where it leads to another site; "read more at …" may name one.
_ASKED = re.compile(rf"{_LEAD}(?:{_ASK}|{_CREDIT}|{_NOTICE})(?!\w)", re.IGNORECASE)
# "For more information on it, please visit: …": such a beginning with an address or a verb of visiting.
_FOR_MORE = re.compile(
    rf"{_LEAD}for (?:more(?! than)|further|full|additional|all the latest)\b.*\b"
    r"(?:visit|see|click|contact|go to|read|check|call|follow|subscribe|www\.|https?:)",
    re.IGNORECASE,
)
# "Photo: Jo Doe", "Featured image: …", "Foto: …", "Bildquelle: …": a maker, where few words follow.
_MADE_BY = re.compile(
    rf"{_LEAD}(?:[\w-]+ )?(?:photo(?:graph(?:er)?|credit)?|image|picture|illustration|graphic|video|"
    r"foto(?:graf|credit)?|(?:beitrags|titel)?bild(?:quelle|nachweis)?|grafik|abbildung|cr[eé]ditos?|crédits?|imagen|fotografía|immagine|beeld)s?"
    r"\b[^:.]{0,14}(?::|©)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_MAKER = 8
_LONGEST_NOTICE = 160
_PICTURED = re.compile(
    rf"{_LEAD}(?:[\w-]+ )?(?:credits?|photos?|photographs?|images?|pictures?|"
    r"(?:beitrags|titel)?bild(?:er|quelle|nachweise?)?|"
    r"fotos?|fotografía|imagen|immagine|crédits?|cr[eé]ditos?)(?: credits?)?\s*[:©|]",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"[©ⓒ]|\bcopyright\b|all rights reserved|alle rechte vorbehalten|무단 ?전재|無断転載|版权所有|"
    r"^\W{0,3}(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"\w{3,}[.!]\W*$")
_VIA = re.compile(
    r"\b(?:via|from|by) (?:unsplash|flickr|getty|wikimedia|shutterstock|i?stock|reuters|ap|afp|pixabay)\W*$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\b(?:last|zuletzt|dernière|última|ultima) (?:edited|updated|modified|geändert|aktualisiert|mise|"
    r"modificación|actualización|modifica)\b|\b(?:publicado|publié|pubblicato|veröffentlicht|gepubliceerd) "
    r"(?:por|par|le|am|von|da|door|el)\b|^\d{1,2}[:.]\d{2}\b.*\bby\b",
    re.IGNORECASE,
)
# Notices of cookies, newsletters and commissions speak to their reader; reports about them do not.
_FURNITURE = re.compile(
    r"\bcookies\b|\bcookie[- ](?:policy|consent|settings|banner)\b|\bnewsletters?\b|\bmailing list\b|"
    r"\binbox\b|\bpush notifications?\b|\baffiliate (?:links?|partner)|"
    r"\b(?:earn|receive)s? (?:a |an )?(?:small |affiliate )?commission",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Yy]ou|[Yy]our|[Nn]ous|[Vv]ous|[Vv]otre|[Vv]os|[Nn]otre|[Nn]os|[Ww]ir|[Uu]ns(?:er\w*)?|Sie|Ihr\w*|"
    r"[Uu]sted|[Nn]uestr\w+|[Nn]ostr\w+|[Oo]nze|[Uu]w|[Dd](?:u|ich|ein\w*))\b"
)
_QUOTED = re.compile(r"[\"“„«‘「]")
_EASTERN = re.compile(
    r"^(?:请|請|欢迎|歡迎)?(?:点击|點擊|订阅|訂閱|关注我们|關注我們|扫码|掃碼|分享到|相关(?:阅读|新闻|报道)|相關(?:閱讀|新聞|報導)|延伸(?:阅读|閱讀)|"
    r"阅读更多|閱讀更多|版权所有|版權所有|(?:责任)?编辑[:：]|(?:責任)?編輯[:：]|(?:图片|圖片)?来源[:：]|圖片來源|本文来自|"
    r"続きを読む|関連記事|関連リンク|あわせて読みたい|無断転載|写真[:：=]|画像[:：=]|"
    r"관련 ?기사|더 ?보기|무단 ?전재|사진[:=]|"
    r"구독(?:하세요|하기|을)|여기를 클릭|อ่านเพิ่มเติม|อ่านต่อ|ติดตาม(?:เรา|ข่าว)|คลิก|ภาพ[:：]|สมัครรับ)"
    r"|(?:こちら(?:から)?|をクリック|ご覧ください)[。！!]?$"
)


def asks(sentence: str) -> bool:
    """Whether a sentence asks its reader for something, credits somebody, or is a site's own notice."""
    return bool(_ASKED.match(sentence))


def is_credit(line: str) -> bool:
    """Whether a line tells who made a picture or who holds the rights."""
    if len(line) > _LONGEST_NOTICE:
        return False
    return bool(_PICTURED.match(line) or _RIGHTS.search(line) or _VIA.search(line))


def calls(sentence: str) -> bool:
    """Whether a sentence calls its reader to do something, credits somebody, or is a site's own notice."""
    if _CALL.match(sentence) or _FOR_MORE.match(sentence) or _EASTERN.search(sentence):
        return True
    made = _MADE_BY.match(sentence)
    if made and len(made["rest"].split()) <= _LONGEST_MAKER and not _FULL_STOP.search(made["rest"]):
        return True
    if not sentence.rstrip().endswith((".", "!", "。")) and (
        _VIA.search(sentence) or _STAMP.search(sentence)
    ):
        return True
    speaks = not _QUOTED.search(sentence) and _TO_READER.search(sentence)
    return bool(speaks and _FURNITURE.search(sentence))
