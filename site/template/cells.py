"""Notebook cells as plain values for the template: markdown as HTML, code highlighted, outputs sorted by what they are."""

import json
import re
import unicodedata
from html import unescape

from bs4 import BeautifulSoup
from markupsafe import Markup
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.javascript import TypeScriptLexer

from clean import clean

PLOTLY = "application/vnd.plotly.v1+json"
HIDDEN = {"remove-cell", "hide-cell"}
FOLDED = {"hide-input"}


class PageCells:
    """Prepares one notebook. `links` maps names of notebooks (01_x.ipynb) to their pages, as seen from this page."""

    def __init__(self, folder, links):
        self.folder = folder
        self.links = links
        self.used = set()
        self.contents = []
        self.figures = []
        self.title = ""
        self.headline = False  # whether the figures of the cell at hand stand for the study on the front page
        self.formatter = HtmlFormatter(nowrap=True)
        self.lexer = TypeScriptLexer()

    def prepare(self, notebook):
        cells = [cell for cell in map(self.cell, notebook.cells) if cell]
        return {"cells": cells, "contents": self.contents, "figures": self.figures, "title": self.title}

    def cell(self, cell):
        tags = set(cell.metadata.get("tags", []))
        if tags & HIDDEN or not (cell.source.strip() or cell.get("outputs")):
            return None
        if cell.cell_type == "markdown":
            return {"kind": "text", "html": self.markdown(cell)}
        if cell.cell_type != "code":
            return None
        self.headline = "headline" in tags
        folded = bool(tags & FOLDED) or cell.metadata.get("jupyter", {}).get("source_hidden", False)
        source = cell.source.strip("\n")
        return {
            "kind": "code",
            "count": cell.get("execution_count"),
            "open": not folded,
            "lines": source.count("\n") + 1,
            "code": Markup(highlight(source, self.lexer, self.formatter)) if source else "",
            "outputs": [output for output in map(self.output, merged(cell.outputs)) if output],
        }

    # -- text ---------------------------------------------------------------------------------------------------------

    def markdown(self, cell):
        renderer = IPythonRenderer(
            escape=False,
            attachments=cell.get("attachments", {}),
            embed_images=True,
            exclude_anchor_links=True,
            path=str(self.folder),
        )
        soup = BeautifulSoup(clean(MarkdownWithMath(renderer=renderer).render(cell.source)), "html.parser")
        for heading in soup.find_all(re.compile("^h[1-6]$")):
            self.anchor(soup, heading)
        for image in soup.find_all("img", src=False):  # its source was no part of the notebook
            image.decompose()
        for link in soup.find_all("a", href=True):
            self.link(link)
        for block in soup.find_all("pre"):
            block["tabindex"] = "0"
        for table in soup.find_all("table"):
            if table.thead and not table.thead.get_text(strip=True):
                table.thead.decompose()  # Markdown has no table without a head; an empty one means none
            table.wrap(soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Table"}))
            without_empty_heads(table)
        return Markup(str(soup))

    def anchor(self, soup, heading):
        text = heading.get_text(" ", strip=True)
        level = int(heading.name[1])
        if level == 1:
            if not self.title:
                self.title = text
            else:
                heading.name = "h2"
                level = 2
        heading["id"] = self.name(text)
        link = soup.new_tag("a", attrs={"class": "anchor", "href": f"#{heading['id']}", "aria-label": f"Link to: {text}"})
        link.string = "#"
        if level > 1:
            heading.append(link)
        if level in (2, 3):
            self.contents.append({"id": heading["id"], "text": text, "level": level})

    def name(self, text):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section"
        name, number = slug, 2
        while name in self.used:
            name, number = f"{slug}-{number}", number + 1
        self.used.add(name)
        return name

    def link(self, link):
        """Links to notebooks lead to their pages; files of the repository are not part of the site and stay words."""
        target = link["href"]
        if target.startswith("#"):
            return
        if re.match(r"https?:|mailto:", target):
            link["rel"] = "noopener noreferrer"
            return
        path, _, fragment = target.partition("#")
        page = self.links.get(path.split("/")[-1])
        if page:
            link["href"] = page + (f"#{fragment}" if fragment else "")
        else:
            link.name = "span"
            link.attrs = {"class": "file"}

    # -- outputs ------------------------------------------------------------------------------------------------------

    def output(self, output):
        if output.output_type == "stream":
            text = output.text.strip("\n")
            return text and {"kind": output.name, "html": Markup(ansi2html(text)), "lines": text.count("\n") + 1}
        if output.output_type == "error":
            return {"kind": "stderr", "html": Markup(ansi2html("\n".join(output.traceback))), "lines": 1}
        data, about = output.data, output.metadata.get("hitlab", {})
        if PLOTLY in data or "image/svg+xml" in data:
            return self.figure(data, about)
        if "progress" in about:
            return {"kind": "progress", "text": joined(data.get("text/plain", "")).strip()}
        return self.plain(data)

    def plain(self, data):
        if "text/html" in data:
            html = clean(joined(data["text/html"]))
            return {"kind": "html", "html": Markup(with_whole_heads(html)), "table": "<table" in html}
        for kind in ("image/png", "image/jpeg"):
            if kind in data:
                source = f"data:{kind};base64,{joined(data[kind]).strip()}"
                return {"kind": "image", "src": source, "alt": joined(data.get("text/plain", "")) or "Picture"}
        if "text/markdown" in data:
            return {"kind": "html", "html": Markup(clean(MarkdownWithMath(IPythonRenderer(escape=True)).render(joined(data["text/markdown"]))))}
        text = joined(data.get("text/plain", "")).strip("\n")
        return text and {"kind": "stdout", "html": Markup(ansi2html(text)), "lines": text.count("\n") + 1}

    def figure(self, data, about):
        number = len(self.figures) + 1
        title = about.get("title", "")
        alt = joined(data.get("text/plain", "")).strip()
        svg = joined(data.get("image/svg+xml", ""))
        layout = data.get(PLOTLY, {}).get("layout", {})
        width, height = size(svg) if svg else (layout.get("width", 760), layout.get("height", 450))
        figure = {
            "kind": "figure",
            "number": number,
            "title": title,
            "alt": alt or title or f"Figure {number}",
            "words": alt.removeprefix(title).strip(),
            "caption": about.get("caption") or drawn_caption(data.get(PLOTLY, {})),
            "headline": self.headline,
            "svg": svg,
            "src": "",
            "width": width,
            "height": height,
            "wide": has_many_panels(layout),
            "json": Markup(script_json(data[PLOTLY])) if PLOTLY in data else "",
        }
        self.figures.append(figure)
        return figure


def joined(value):
    return value if isinstance(value, str) else "".join(value)


def merged(outputs):
    """Neighbouring pieces of one stream become one output, as Jupyter shows them."""
    kept = []
    for output in outputs:
        last = kept[-1] if kept else None
        same = last is not None and output.output_type == last.output_type == "stream" and output.name == last.name
        if same:
            last.text += output.text
        else:
            kept.append(output)
    return kept


def without_empty_heads(soup):
    """The corner above the names of rows heads nothing: an empty heading would be read out."""
    for head in soup.select("thead th"):
        if not head.get_text(strip=True):
            head.name = "td"
            del head["scope"]


def with_whole_heads(html):
    if "<thead" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    without_empty_heads(soup)
    return str(soup)


def has_many_panels(layout):
    """Three or more sets of axes: on a phone such a figure keeps its size and is pushed sideways."""
    names = [name for name, axis in layout.items() if re.fullmatch(r"[xy]axis\d*", name) and not axis.get("overlaying")]
    return max(sum(name.startswith(side) for name in names) for side in "xy") >= 3


def drawn_caption(plotly):
    """The caption that lib/src/show draws below the axes: the annotation of that name."""
    notes = plotly.get("layout", {}).get("annotations", [])
    text = next((note.get("text", "") for note in notes if note.get("name") == "caption"), "")
    return unescape(text.replace("<br>", " "))


def script_json(value):
    """JSON that can stand inside a <script> element: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    unsafe = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    return re.sub("[<>&\u2028\u2029]", lambda found: unsafe[found.group()], text)


def size(svg):
    """Width and height in pixels that an SVG names itself, or 4:3."""
    head = svg[: svg.find(">") + 1]
    found = [re.search(rf'\b{side}="([\d.]+)(?:px)?"', head) for side in ("width", "height")]
    if all(found):
        return tuple(round(float(match.group(1))) for match in found)
    box = re.search(r'viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', head)
    return (round(float(box.group(1))), round(float(box.group(2)))) if box else (800, 600)
