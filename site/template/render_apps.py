"""Writes the frames of the pages that are programs, started by tools/publish.mjs with one JSON job on stdin.

Apart from render.py, since these pages wait for their data and the notebooks need not.
"""

import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

HERE = Path(__file__).parent


def main():
    job = json.load(sys.stdin)
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    # Within a script element only "<" could end it.
    manifest = Markup(json.dumps(job["manifest"], ensure_ascii=False).replace("<", "\\u003c"))
    for app in job["apps"]:
        template = environment.get_template(app["template"])
        html = template.render(app=app, apps=job["apps"], manifest=manifest, data=job["manifest"])
        Path(app["out"]).write_text(html, encoding="utf-8")
    json.dump({"written": [app["out"] for app in job["apps"]]}, sys.stdout)


if __name__ == "__main__":
    main()
