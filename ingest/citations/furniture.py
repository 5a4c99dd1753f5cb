"""What tells the furniture of a page from its sources: words, addresses and hosts, as data. Pure."""

import re

# Parts of a page that cite nothing, as the markup around the link showed them.
FURNITURE = frozenset(("navigation", "share", "author", "tag", "related", "advertisement", "wiki", "image"))
SHARE = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share|home\?status)"
    r"|linkedin\.com/(?:share|cws)|pinterest\.\w+/pin/create|reddit\.com/(?:submit|r/\w+/submit)|"
    r"(?:api\.)?whatsapp\.com/send|wa\.me/\?|t\.me/share"
    r"|news\.ycombinator\.com/submit|tumblr\.com/(?:share|widgets)|bsky\.app/intent|"
    r"getpocket\.com/(?:save|edit)"
    r"|addtoany\.com|addthis\.com|plus\.google\.com/share|vk\.com/share|flipboard\.com/bookmarklet|"
    r"xing\.com/spi/shares"
    r"|flattr\.com|paypal\.com/(?:donate|cgi-bin)|patreon\.com/join|feedburner|/feed/?$|/rss/?$"
)
OWN_PAGES = re.compile(
    r"/(?:tags?|tagi|tag_[a-z]+|hashtags?|categor(?:y|ies|ia)|teams?|players?(?:/playerpage)?|"
    r"ressorts?|rubriken?|kategorie|etiquetas?|topics?|tema|temat|thema|themen|dossiers?|"
    r"glossar|glossary|authors?|autor(?:en|es)?|auteurs?|journalist(?:e|en)?s?|"
    r"staff|users?|tickets?|"
    r"profile|people|"
    r"contributors?|search|login|signin|sign-in|register|signup|subscribe|subscription|newsletters?(?=/?$|/?\?)|"
    r"abo(?:nnement)?|"
    r"contact|kontakt|about(?:-us)?|impressum|[a-z]+-policy|datenschutz|terms|disclosures?|shop|"
    r"cart|apply|offers?|"
    r"donat(?:e|ions?)|spenden?|apoio|soutenir|"
    r"comments?|"
    r"community|membership|mitglied(?:schaft|werden)?|unterst[uü]tz(?:en|ung)|"
    r"wp-login|wp-admin|print|amp)(?:\.(?:php|html?|aspx?))?(?:/|$|\?)",
    re.IGNORECASE,
)
# Of these, sections in which a site keeps its stories as well.
SECTION = re.compile(r"/(?:categor|ressort|rubrik|kategorie|topic|tema|thema|themen|dossier)", re.IGNORECASE)
# The name of a page that is a story: five words or more.
STORY = re.compile(r"/[^/-]+(?:-[^/-]+){4,}[^/]*(?:/\d{4,}(?:\.\w+)?)?/?$")
FURNITURE_WORDS = re.compile(
    r"^(?:read (?:more|full|the full).*|continue reading.*|more|more info(?:rmation)?|learn more|"
    r"click here(?: to .*)?|download (?:the|our|your|now|here)\b.*|request an? (?:call|demo|quote)\b.*|"
    r"(?:partager|teilen|compartir|condividi|compartilhe|udostępnij)(?: sur| auf| bei| en| su| no)? \w+|"
    r"(?:hier |jetzt )?(?:bestellen|kaufen|buchen|shoppen)|pol[ií]ti(?:que|ca) de cookies|"
    r"cookies?\b.*|cookie-.*|datenschutz(?:erkl[aä]rung)?|privacy (?:policy|notice).*|"
    r"terms (?:of|and) .*|impressum|disclaimer|"
    r"subscribe\b.*|sign up\b.*|sign in|log ?in|register|share(?: this| on)?\b.{0,20}|"
    r"tweet(?: this)?|print|e-?mail(?: this)?|"
    r"comments?|"
    r"(?:view |leave a |post a )?\d* ?comments?|.*\bpowered by .*|reply|permalink|edit|top|"
    r"back to top|next|previous|prev|home|follow(?: us.*| me.*)?|"
    r"facebook|twitter|instagram|whatsapp|telegram|linkedin|pinterest|rss|newsletter|download the app|"
    r"weiterlesen|mehr(?: lesen)?|lesen sie (?:auch|mehr).*|abonnieren|teilen|drucken|leer más|"
    r"lire la suite|saiba mais\.?|en savoir plus|más información|mehr erfahren|"
    r"(?:mehr|weitere) informationen|logo\b.*|scopri di più|»|"
    r"›|→|(?:weitere|further|more) (?:rezensionen|artikel|beiträge|articles|"
    r"stories|reviews|news)\b.*)$",
    re.IGNORECASE,
)


# Words before a link that send the reader to another story instead of naming a source.
ONWARD = re.compile(
    r"(?:read (?:also|more|next|the|this article in)|see (?:also|more)|check out:|explore further|"
    r"more(?: \w+){1,3}:|\balso:|(?:click|tap) here|clique aqui|haga clic aqu[ií]|cliquez ici|hier klicken|"
    r"on [\w.]+\.(?:com|org|net|de):|posted from|also read|also on|more on this|"
    r"related(?: stories|"
    r" articles?)?|don['’]t miss|"
    r"more from|up next|trending|lesen sie (?:auch|mehr)|mehr zum thema|mehr themen|auch interessant|"
    r"weitere artikel|"
    r"lire aussi|à lire aussi|lea también|lee también|te puede interesar|leggi anche|lees ook|"
    r"leia (?:também|mais)|"
    r"czytaj (?:też|także|więcej)|zobacz też|läs (?:också|mer)|les også|læs også|читайте также|"
    r"читать также)"
    r"\s*[:：>»-]*\s*$",
    re.IGNORECASE,
)
# A person's or firm's own page at a network is named, not cited; what they wrote there has a longer path.
PROFILE = re.compile(
    r"^(?:www\.|m\.|mobile\.)?(?:"
    r"(?:twitter|x|instagram|facebook|tiktok|threads|pinterest|linkedin|github|youtube|bsky|flipboard|xing)\.[a-z]{2,4}"
    r"/(?:hashtag/|explore/tags/|in/|company/|profile/|channel/|user/|c/|pages/|groups/|@)?"
    r"(?!watch\b|share\b|status\b|terms\b|communitystandards\b|polic|legal\b|help\b|\w+\.php\b)[^/?]+/?(?:\?.*)?$"
    r"|facebook\.com/pages/[^/]+/\d+/?$|vimeo\.com/(?!\d)[^/?]+/?$|t\.me/[^/?]+/?$"
    r"|news\.google\.[a-z]+/publications/)",
    re.IGNORECASE,
)
SOLD = re.compile(
    r"^(?:(?:clk|track|click)\.[\w-]+\.|(?:[\w-]+\.)*[\w-]+-shop\.|(?:[\w-]+\.)*(?:sjv|pxf|7eer|evyy|ojrq|viglink|skimresources|tradedoubler|"
    r"stroeermediabrands|zdbb|adition|doubleclick|awin1|zanox|webgains|belboon|digidip)\.\w+[/?]|amzn\.to|amzn\.com|bhpho\.to|fave\.co|howl\.me|geni\.us|click\.\w+|(?:shop|store|"
    r"deals|prices|tickets)\.[\w-]+\."
    r"|[^/?]+/(?:[\w-]+/)*shop/|[^/?]+/.*[?&](?:aff(?:iliate)?(?:_?id)?|partner_?id|awc|irclickid|clickid|kbid|campid|afftrack)=|"
    r"go\.skimresources|click\.linksynergy|shareasale|www\.awin1|prf\.hn|"
    r"rstyle\.me|bit\.ly/amz|"
    r"www\.amazon\.[a-z.]+/.*[?&]tag=|www\.anrdoezrs|www\.dpbolvw|www\.jdoqocy|www\.kqzyfj|www\.tkqlhce|"
    r"www\.pntra)",
    re.IGNORECASE,
)
DOWNLOAD = re.compile(
    r"\.(?:mp3|m4a|ogg|opus|wav|mp4|m4v|webm|zip|gz|exe|dmg|apk|ics|vcf|jpe?g|png|gif|webp|svg)$",
    re.IGNORECASE,
)
# Before a link: who wrote the page or took a picture, not where something stands.
BYLINE = re.compile(
    r"(?:^|\n)\W{0,3}(?:(?:written |story |text |words |reporting |photos? |reviewed )?by|"
    r"authors?|autor(?:in|en)?|von|publi(?:cado|é) (?:por|par)|text|"
    r"fotos?|photos?|image|bild|credit|par|auteur|por|courtesy of)\s*:?\s*$",
    re.IGNORECASE,
)
# A sentence that asks the reader to do something for the page.
CALL = re.compile(
    r"^\W{0,3}(?:follow|subscribe|contact (?:us|me|\w+(?: \w+)? at)|sign up|like us|join us|"
    r"get (?:more|our|the)|download|donate|"
    r"support (?:us|our)|"
    r"buy|shop|order|listen (?:to|now)|"
    r"folgen? sie|folge uns|abonnieren|spenden|suivez|abonnez|s[íi]guenos|suscr[íi]bete|siga|"
    r"assine|apoie|inscreva|(?:einfach )?hier (?:klicken|bestellen|anmelden|abonnieren|kaufen)|"
    r"hier geht(?:['’]s| es) zu[rm]? (?:anmeldung|bestellung|shop|newsletter|ticket)|"
    r"(?:registrieren|melden|tragen) sie sich|"
    r"jetzt \w+(?: \w+){0,3} (?:sichern|entdecken|testen|starten|vergleichen)|"
    r"zur (?:anmeldung|registrierung|bestellung)|[a-zäöü]+en sie (?:jetzt|hier|ihr)|"
    r"(?:neu:|mehr\b|tickets?\b|online\b).{0,40}\b(?:bestellen|anmelden|registrieren|testen|buchen|kaufen))\b|^\W{0,3}jetzt\b.{0,60}!",
    re.IGNORECASE,
)
# Words before a link to another site's page that a reader is sent to for more of the same.
SEE_ALSO = re.compile(
    r"(?:see also|siehe auch|voir aussi|v[ée]ase tambi[ée]n|vedi anche|zie ook|veja também|zobacz też|"
    r"se även|смотри также|см\. также)\s*[:：-]*\s*$",
    re.IGNORECASE,
)
# A page that wants something of its reader: a form, whoever's it is.
FORM_HOST = re.compile(
    r"^(?:anmeldung|anmelden|registration|register|signup|login|tickets?)[.-]|\.hs-sites\.com$|^eepurl\.com$|\.list-manage\.com$|"
    r"^mailchi\.mp$|\.typeform\.com$|^forms\.gle$|^(?:www\.)?surveymonkey\.",
    re.IGNORECASE,
)
FORM = re.compile(
    r"/newsletters?/?$|/tickets?/?$|/forms/d/|/(?:anmeldung|anmelden|registration|registrierung|register|sign-?up|subscribe|subscriptions?|"
    r"emails?|login|signin|inscription|inscripci[óo]n|iscrizione|checkout|cart|warenkorb)(?:/|$)",
    re.IGNORECASE,
)
LICENCE = re.compile(r"(?:^|\.)creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE)
# Other hosts of the page's own owner that sell, sign up or serve its readers.
OFFICE = re.compile(
    r"^(?:abos?|shop|store|newsletters?|nl|akademie|academy|jobs?|karriere|careers?|login|sso|accounts?|my|mein|"
    r"support|help|hilfe|events?|tickets?|donate|pledge|give|subscri(?:be|ptions?)|members?|club|media|medien|"
    r"ads?|kiosk|epaper)\.",
    re.IGNORECASE,
)
# How a site counts what its own teasers and offers bring.
CAMPAIGN = re.compile(r"(?:^|&)(?:utm|itm|mc|at|wt)_?\w*=", re.IGNORECASE)
# Where pictures are had: a link there credits one.
PICTURES = re.compile(
    r"(?:^|\.)(?:unsplash\.com|pixabay\.com|pexels\.com|photocase\.(?:de|com)|gettyimages\.\w+|istockphoto\.com|"
    r"shutterstock\.com|depositphotos\.com|fotolia\.com|stock\.adobe\.com|dreamstime\.com|123rf\.com)$",
    re.IGNORECASE,
)
# What stands for one player, team or firm in a register, wherever that is.
REGISTER = re.compile(
    r"/(?:players?|playerpage|teams?|clubs?|organizations?|quotes?|athletes?|spieler|vereine?)/",
    re.IGNORECASE,
)
# Who wrote the page, told behind it: what is linked there is his, not the article's.
ABOUT = re.compile(
    r"^\W{0,3}(?:(?:the|this) (?:author|writer)|about the author|(?:die|unsere?) (?:gast)?autor(?:in|en)|"
    r"(?:der|unser) (?:gast)?autor|über (?:den autor|die autorin)|l['’]auteure?|(?:el|la) autora?|"
    r"[oa] autora?)\b"
    r"|^[^.,]{3,40}(?:, \d\d,)? (?:is|ist|est|es) (?:the |a |an |eine? |un[ea]? )?(?:[\w-]+ ){0,4}"
    r"(?:editor|writer|reporter|journalist|columnist|correspondent|contributor|blogger(?:in)?|"
    r"journalist(?:in)?|redakteur(?:in)?|autor(?:in)?)s?\b",
    re.IGNORECASE,
)
# Where an issue is sold.
NEWSSTAND = re.compile(
    r"\b(?:aktuelle|neue|neueste) (?:ausgabe|heft)\b.*\b(?:erhältlich|kiosk|abo)\b|\bon newsstands\b|"
    r"\bat newsstands\b|\ben kiosques?\b|\ben los quioscos\b|\bin edicola\b",
    re.IGNORECASE,
)
# Names that only the reader's own machine or house knows.
PRIVATE = re.compile(r"^(?:localhost|[\w.-]+\.(?:localhost|local|internal|lan))$")
# Of an address of the page's own site: what lists pages by a word or a hand.
LISTED_BY = re.compile(r"(?:^|&)(?:cat|category|tags?|author|autor|rubrik)=", re.IGNORECASE)
# A seller's redirection carries the address that it leads to; a search engine's or a mail guard's does too.
REDIRECTION = re.compile(r"(?:^|&)[\w-]+=https?(?::|%3A)(?:/|%2F){2}", re.IGNORECASE)
HARMLESS = re.compile(
    r"(?:^|\.)(?:google\.[a-z.]+|l\.facebook\.com|slack-redir\.net|mimecast\.com|safelinks\.protection\.outlook\.com|"
    r"translate\.goog|archive\.(?:org|ph|is|today)|steamcommunity\.com)$|proxy|^resolver\.",
    re.IGNORECASE,
)
