"""LaTeX's commands as far as their arguments are no words of the document, its signs and its headings."""

HEADINGS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6,
}  # fmt: skip

_NOTHING = (1, None)
_SETTING = (2, None)
# How many arguments, and which of them is printed (None: none); of any other command all are.
ARGUMENTS: dict[str, tuple[int, int | None]] = {
    **dict.fromkeys((
        "label", "index", "vspace", "hspace", "usepackage", "documentclass", "bibliographystyle", "pagestyle",
        "thispagestyle", "includegraphics", "addbibresource", "cline", "graphicspath", "hypersetup",
        "geometry", "color", "ref", "eqref", "pageref", "autoref", "cref", "Cref", "nameref", "vref",
        "setmainfont", "setsansfont", "setmonofont", "newtheorem", "hyphenation", "pagenumbering",
        "linespread", "phantom", "newcites", "setcitestyle", "citestyle", "ExecuteBibliographyOptions",
        "PassOptionsToPackage", "usetikzlibrary", "lstset", "captionsetup", "selectlanguage",
        "setdefaultlanguage", "setmainlanguage", "setotherlanguage", "RequirePackage",
    ), _NOTHING),
    **dict.fromkeys((
        "setlength", "addtolength", "setcounter", "addtocounter", "rule", "definecolor", "newcommand",
        "renewcommand", "providecommand", "DeclareMathOperator", "settowidth", "newfontfamily",
    ), _SETTING),
    **dict.fromkeys(("newenvironment", "renewenvironment", "DeclareCiteCommand"), (3, None)),
    **dict.fromkeys(("textcolor", "colorbox", "foreignlanguage", "raisebox", "parbox"), (2, 1)),
    **dict.fromkeys(("multicolumn", "multirow", "resizebox"), (3, 2)),
    **dict.fromkeys(("printbibliography", "maketitle", "tableofcontents"), (0, None)),
}  # fmt: skip

# Environments whose inside is no text: formulas, drawings, what is switched off.
SKIPPED = frozenset((
    "equation", "align", "gather", "multline", "eqnarray", "math", "displaymath", "alignat", "flalign",
    "tikzpicture", "picture", "comment", "filecontents", "array", "matrix", "pmatrix", "forest", "pgfpicture",
))  # fmt: skip
VERBATIM = frozenset(("verbatim", "Verbatim", "lstlisting", "minted", "alltt"))

# As HTML.
SYMBOLS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "copyright": "©", "S": "§", "P": "¶", "dag": "†",
    "ddag": "‡", "pounds": "£", "euro": "€", "texteuro": "€", "EUR": "€", "textdegree": "°", "degree": "°",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "lbrace": "{", "rbrace": "}", "textbar": "|", "textless": "&lt;",
    "textgreater": "&gt;", "textbullet": "•", "par": "<p>", "newline": "<br>", "linebreak": "<br>",
    "item": "<li>", "quad": " ", "qquad": " ", "space": " ", "and": "; ", "textregistered": "®",
    "texttrademark": "™", "guillemotleft": "«", "guillemotright": "»", "glqq": "„", "grqq": "“", "flqq": "«",
    "frqq": "»", "textperiodcentered": "·", "enspace": " ",
}  # fmt: skip
