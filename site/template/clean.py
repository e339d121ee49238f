"""HTML from notebooks reduced to what a page needs. Titles of songs are data and may hold anything; the functions that
draw tables escape them, and this is the second wall: no script, no handler, no address outside the site."""

import re

import bleach
from bleach.css_sanitizer import CSSSanitizer

TAGS = set(
    "a abbr b bdi blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i"
    " img kbd li mark meter ol p pre progress q s small span strong sub summary sup table tbody td tfoot th thead tr u ul".split()
)
EVERYWHERE = {"class", "id", "title", "dir", "lang", "role", "style", "aria-label"}
OF = {
    "a": {"href"},
    "img": {"alt", "src", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "ol": {"start"},
    "details": {"open"},
    "progress": {"value", "max"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
}
CSS = CSSSanitizer(
    allowed_css_properties=[
        "text-align", "color", "background-color", "font-weight", "font-style", "white-space", "width", "min-width", "max-width",
        "padding", "margin", "border", "border-collapse", "display", "vertical-align", "font-variant-numeric", "opacity",
    ]
)  # fmt: skip


def allowed(tag, name, value):
    if tag == "img" and name == "src":
        return bool(re.match(r"data:image/(png|jpeg|gif|webp|svg\+xml);", value))
    if name == "href" and value.strip().lower().startswith("data:"):
        return False
    return name in EVERYWHERE or name in OF.get(tag, ())


_cleaner = bleach.Cleaner(tags=TAGS, attributes=allowed, protocols={"http", "https", "mailto", "data"}, strip=True, css_sanitizer=CSS)


def clean(html):
    # bleach keeps the words of an element it drops; those of a script or a style sheet are no words for readers.
    return _cleaner.clean(re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", "", html))
