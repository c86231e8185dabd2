"""Writes the snippets of a page of documentation to files, by the name or the heading above them.

    snippets.py PAGE FOLDER
"""

import re
import sys
from pathlib import Path

page, folder = Path(sys.argv[1]), Path(sys.argv[2])
NAMES = {"GitHub": "workflow.yml", "GitLab": ".gitlab-ci.yml"}

heading, name, written = "", None, 0
lines = iter(page.read_text().splitlines())
for line in lines:
    if line.startswith("#"):
        heading, name = line.lstrip("# "), NAMES.get(line.lstrip("# "))
    elif match := re.fullmatch(r"`([\w.-]+\.(?:yml|yaml|json))`:", line):
        name = match[1]
    elif line.startswith("```") and line != "```":
        body = []
        for line in lines:
            if line == "```":
                break
            body.append(line)
        if name:
            (folder / name).write_text("\n".join(body) + "\n")
            written += 1
        name = None
assert written == 5, f"{page}: {written} snippets"
