"""Turns notebooks into pages: one process for all of them, started by tools/publish.mjs.

Reads one JSON job on stdin and writes the files it names. Everything a page shows that is not in the notebook (banner,
claims, links to its neighbours) comes ready-made in the job, so this file knows notebooks and HTML and nothing of claims.
"""

import json
import sys
from pathlib import Path

import nbformat
from nbconvert.exporters.templateexporter import TemplateExporter

sys.path.insert(0, str(Path(__file__).parent))
from cells import PageCells  # noqa: E402

HERE = Path(__file__).parent


class PageExporter(TemplateExporter):
    """nbconvert with our template. Text is escaped by default; what is HTML already says so by `Markup`."""

    file_extension = ".html"
    export_from_notebook = "hitlab page"
    output_mimetype = "text/html"

    def _create_environment(self):
        environment = super()._create_environment()
        environment.autoescape = True
        return environment


class Unreadable(Exception):
    """A notebook that cannot be shown; the message names it."""


def read(path):
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise Unreadable(f"{path}: there is no such notebook") from error
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise Unreadable(f"{path} is not a notebook that can be read ({reason[:200]})") from error


def prepare(page):
    """Reads a notebook and makes its cells ready; the page is written once the titles of all are known."""
    notebook = read(page["file"])
    cells = PageCells(folder=Path(page["file"]).parent, links=page["links"]).prepare(notebook)
    return {**page, **cells, "title": cells["title"] or page["name"], "notebook": notebook}


def write_figures(page):
    out = Path(page["out"])
    out.parent.mkdir(parents=True, exist_ok=True)
    for figure in page["figures"]:
        if figure["svg"]:
            figure["src"] = f"figures/{out.stem}-{figure['number']}.svg"
            (out.parent / "figures").mkdir(exist_ok=True)
            (out.parent / figure["src"]).write_text(figure["svg"], encoding="utf-8")
            yield str(out.parent / figure["src"])


def write_page(exporter, page, apps, titles):
    for side in ("previous", "next"):
        if page.get(side):
            page[side]["title"] = titles[page[side]["name"]]
    html, _ = exporter.from_notebook_node(page["notebook"], resources={"page": page, "apps": apps})
    Path(page["out"]).write_text(html, encoding="utf-8")
    return page["out"]


def pictures(pages):
    """For each notebook the figure that stands for it: the one so marked, else its first; committed before run."""
    found = {}
    for page in sorted(pages, key=lambda page: page["kind"] == "committed"):
        shown = [figure for figure in page["figures"] if figure["src"]]
        if shown:
            found[page["name"]] = next((figure for figure in shown if figure["headline"]), shown[0])
    return found


def main():
    job = json.load(sys.stdin)
    exporter = PageExporter(extra_template_basedirs=[str(HERE.parent)], template_name=HERE.name)
    pages = [prepare(page) for page in job["pages"]]
    titles = {page["name"]: page["title"] for page in pages}
    written = [file for page in pages for file in write_figures(page)]
    written += [write_page(exporter, page, job["apps"], titles) for page in pages]
    around = {"apps": job["apps"], "bench": job["bench"]}
    front = {"site": job["site"], "pictures": pictures(pages), "titles": titles}
    for template, out, more in [("front", job["index"], front), ("bench", job["bench"]["out"], {})]:
        html = exporter.environment.get_template(f"{template}.html.j2").render(**around, **more)
        Path(out).write_text(html, encoding="utf-8")
        written.append(out)
    json.dump({"written": written}, sys.stdout)


if __name__ == "__main__":
    try:
        main()
    except Unreadable as error:
        sys.exit(f"hitlab: {error}")
