"""What of a page's markup is let through: elements, and attributes by what their values are. Pure.

All else goes: a name that is not here has no effect on how a page looks, or has effects that it must not
have. Elements that load or run something are dealt with one by one (see ``page``).
"""

import re
from functools import lru_cache

_HTML = """a abbr acronym address area article aside audio b basefont bdi bdo big blockquote body br button
canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt
em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i img
image input ins kbd label legend li main map mark marquee menu meter nav nobr ol optgroup option
output p picture pre progress q rb rp rt rtc ruby s samp search section select slot small source
span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title
tr tt u ul var video wbr"""
_SVG = """svg animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix
fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight
fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode
femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence filter
foreignobject g line lineargradient marker mask metadata mpath path pattern polygon polyline
radialgradient rect set stop switch symbol text textpath tspan use view"""
_MATH = """math annotation annotation-xml maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover
mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext
mtr munder munderover none semantics"""
ELEMENTS = frozenset(f"{_HTML} {_SVG} {_MATH}".split())
# Elements of a page's own have no effect without scripts, but style sheets name them.
CUSTOM = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*")
_VOID = """area basefont br col hr img image input source wbr"""
VOID = frozenset(_VOID.split())

_PLAIN = """abbr align alink alt axis bgcolor border bordercolor cellpadding cellspacing char charoff charset
checked class clear color cols colspan compact controls coords datetime decoding dir direction
disabled encoding face frame frameborder headers height hidden high hspace id inert is itemprop
itemscope itemtype kind label lang leftmargin link list loop low marginheight marginwidth max
maxlength media min minlength multiple muted name noresize noshade nowrap open optimum part pattern
placeholder playsinline popover popovertarget popovertargetaction preload readonly required reversed
role rows rowspan rules scope scrolling selected shadowrootmode shape size sizes slot span start
step summary tabindex text title topmargin translate truespeed type usemap valign value vlink vspace
width wrap"""
_PLAIN_SVG = """accumulate additive alignment-baseline amplitude attributename attributetype azimuth
basefrequency baseline-shift baseprofile begin bias calcmode clip clip-rule clippathunits
color-interpolation color-interpolation-filters cx cy d diffuseconstant display divisor
dominant-baseline dur dx dy edgemode elevation end exponent fill-opacity fill-rule filterunits
flood-color flood-opacity font- family font-size font-size-adjust font-stretch font-style
font-variant font-weight fr fx fy glyph- orientation-horizontal glyph-orientation-vertical
gradienttransform gradientunits image-rendering in in2 intercept k1 k2 k3 k4 kernelmatrix
kernelunitlength keypoints keysplines keytimes lengthadjust letter-spacing lighting-color
limitingconeangle markerheight markerunits markerwidth maskcontentunits maskunits mode
numoctaves offset opacity operator order orient orientation origin overflow paint-order path
pathlength patterncontentunits patterntransform patternunits pointer- events points pointsatx
pointsaty pointsatz preservealpha preserveaspectratio primitiveunits r radius refx refy
repeatcount repeatdur restart result rotate rx ry scale seed shape-rendering slope spacing
specularconstant specularexponent spreadmethod startoffset stddeviation stitchtiles stop-
color stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-
miterlimit stroke-opacity stroke-width surfacescale systemlanguage tablevalues targetx targety
text- anchor text-decoration text-rendering textlength transform transform-origin unicode-bidi
vector- effect version viewbox visibility word-spacing writing-mode x x1 x2 xchannelselector
xml:lang xml:space xmlns xmlns:xlink y y1 y2 ychannelselector z"""
_PLAIN_MATH = """accent accentunder columnalign columnlines columnspacing columnspan depth displaystyle fence
framespacing linethickness lquote lspace mathbackground mathcolor mathsize mathvariant maxsize
minsize movablelimits notation rowalign rowlines rowspacing rquote rspace scriptlevel separator
stretchy subscriptshift superscriptshift symmetric voffset"""
# Those hold styles, which may hold addresses.
_PAINTED = """style by clip-path cursor fill filter from marker marker-end marker-mid marker-start mask
stroke to values"""
PAINTED = frozenset(_PAINTED.split())
PLAIN = frozenset(f"{_PLAIN} {_PLAIN_SVG} {_PLAIN_MATH}".split())
FREE = re.compile(r"(?:data|aria)-[\w.:-]+", re.ASCII)

# Attributes whose value is the address of a part, by element.
_BACKED = ("body", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_REFERRING = """animate animatemotion animatetransform feimage filter lineargradient mpath pattern
radialgradient set textpath use"""
PARTS = {
    "audio": ("src",),
    "image": ("href", "xlink:href", "src"),
    "input": ("src",),
    "video": ("src", "poster"),
    **dict.fromkeys(_BACKED, ("background",)),
    **dict.fromkeys(_REFERRING.split(), ("href", "xlink:href")),
}
LINKS = frozenset(("a", "area"))
# What an animation may change: never where a link leads or what is loaded.
ANIMATIONS = frozenset(("animate", "set", "animatetransform", "animatemotion"))
# Where lazy loaders keep the picture's address until a script puts it into src.
LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-hi-res-src")
LAZY_SETS = ("data-srcset", "data-lazy-srcset")


@lru_cache(maxsize=4096)
def is_element(name: str) -> bool:
    """Whether a start or end tag with this name is let through."""
    return name in ELEMENTS or CUSTOM.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def is_plain(name: str) -> bool:
    """Whether an attribute is let through with its value as it is."""
    return name in PLAIN or FREE.fullmatch(name) is not None
