"""Every report of the fixtures, and of replies written to do harm, against its schema.

    reports.py FOLDER      (a folder to work in, with the metadata.json that tests/tools/run writes there)
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from jsonschema import Draft7Validator
from lxml import etree

work = Path(sys.argv[1])
packages = {p["name"]: Path(p["manifest_path"]).parent for p in json.load((work / "metadata.json").open())["packages"]}
FORMATS = ["github", "sarif", "gitlab", "junit", "checkstyle", "rdjsonl"]
LEVELS = {"error", "warning", "note"}


MARKUP = "]]></failure><!-- ::error::x ##[stop-commands]x %0A [a](http://b.example)"


def harm(folder):
    """Replies whose names and words are commands and markup, and hold characters that no XML can."""
    folder.mkdir()
    for name in ["::error file=a::x.md", "a%0A,b:c.md", "<&\"'>.md", "tab\tand\nline.md", "ü \u202e#?.md", "-n.md"]:
        (folder / name).write_text(f"You should have told us.\n\n{MARKUP}\n\nThat is not fair.\n")
    # The verdict quotes the customer.
    (folder / "verdict.eml").write_text(
        "From: bo@a.example\nTo: anna@b.example\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "You should have told us, and that is our policy.\n\nOn Mon, 2 Mar 2026 at 10:00, Anna wrote:\n"
        f"> This is the third time I am asking =01=1B[31m=EF=BF=BE {MARKUP.replace('=', '=3D')}\n"
        f"> You are a disgrace and I will cancel my contract today =00 {MARKUP}\n"
    )
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    return folder


def reports(folder):
    outputs = [f"--output={name}={work / name}" for name in FORMATS[1:]]
    command = ["tonelint", "check", "--format", "github", *outputs, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode in (1, 2), done.stderr.decode()
    return {"github": done.stdout.decode(), **{name: (work / name).read_text() for name in FORMATS[1:]}}


def github(text):
    line = re.compile(r"::(error|warning|notice) file=[^,:\r\n]+(,\w+=[^,:\r\n]*)*::[^\r\n]*")
    lines = text.split("\n")[:-1]
    for one in lines:
        assert line.fullmatch(one), one
    return len([one for one in lines if "title=not checked" not in one])


def sarif(text):
    log = json.loads(text)
    schema = json.load((packages["serde-sarif"] / "src/schema.json").open())
    errors = list(Draft7Validator(schema).iter_errors(log))
    assert not errors, errors[0]
    [run] = log["runs"]
    # What GitHub asks for beside the schema.
    assert run["columnKind"] == "unicodeCodePoints" and run["tool"]["driver"]["name"] == "tonelint"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    for rule in rules.values():
        for name in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[name]["text"]) <= 1024, rule["id"]
        assert rule["defaultConfiguration"]["level"] in LEVELS and len(rule["properties"]["tags"]) <= 10
    prints = set()
    for result in run["results"]:
        assert result["ruleId"] in rules and result["level"] in LEVELS and result["message"]["text"]
        [location] = result["locations"]
        uri, region = (location["physicalLocation"][name] for name in ("artifactLocation", "region"))
        assert re.fullmatch(r"(%[0-9A-F]{2}|[\w.~/-])+", uri["uri"], re.ASCII), uri
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert "primaryLocationLineHash" not in result["partialFingerprints"]
        prints.add(result["partialFingerprints"]["tonelint/v1"])
    assert len(prints) == len(run["results"])
    return len(run["results"])


def gitlab(text):
    issues = json.loads(text)
    prints = {issue["fingerprint"] for issue in issues}
    assert len(prints) == len(issues)
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"} and issue["description"]
        assert issue["location"]["lines"]["begin"] >= 1 and not issue["location"]["path"].startswith(("/", "./"))
    return len([issue for issue in issues if issue["check_name"] != "not-checked"])


def junit(text):
    document = etree.fromstring(text.encode())
    for schema in sorted((packages["junit-report"] / "tests").glob("*.xsd")):
        etree.XMLSchema(etree.parse(schema)).assertValid(document)
    for suite in document.iter("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    notes = sum(len((suite.findtext("system-out") or "").splitlines()) for suite in document.iter("testsuite"))
    # A line of a note that has a name with a line end in it is two lines.
    return len(document.findall(".//failure")) + notes


def checkstyle(text):
    errors = etree.fromstring(text.encode()).findall("file/error")
    assert all(error.get("severity") in {"info", "warning", "error"} for error in errors)
    return len([error for error in errors if error.get("source") != "tonelint.not-checked"])


def rdjsonl(text, folder):
    diagnostics = [json.loads(line) for line in text.splitlines()]
    found = [one for one in diagnostics if one["code"]["value"] != "not-checked"]
    for one in found:
        assert set(one) <= {"message", "location", "severity", "source", "code"}
        assert one["severity"] in {"INFO", "WARNING", "ERROR"}
        start, end = one["location"]["range"]["start"], one["location"]["range"]["end"]
        lines = (folder / one["location"]["path"]).read_bytes().split(b"\n")
        assert 1 <= start["column"] <= len(lines[start["line"] - 1]) + 1, one
        assert end["column"] <= len(lines[end["line"] - 1]) + 1, one
    return len(found)


for folder in [Path("fixtures").resolve(), harm(work / "harm")]:
    written = reports(folder)
    counts = {name: globals()[name](written[name]) for name in FORMATS[:-1]}
    counts["rdjsonl"] = rdjsonl(written["rdjsonl"], folder)
    assert len(set(counts.values())) == 1 and counts["sarif"] > 5, counts
    print(f"{folder.name}: {counts['sarif']} findings, the same in {', '.join(counts)}")

# The way back from a URI to the name of the file.
uris = re.findall(r'"uri":"([^"]+)"', written["sarif"])
assert {unquote(uri).rsplit("harm/", 1)[-1] for uri in uris} >= {"::error file=a::x.md", "a%0A,b:c.md", "-n.md"}, uris
