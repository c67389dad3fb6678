"""What documents name has to be there: files, headings, commands, flags, variables, and what their blocks are tried by."""
import configparser
import json
import re
import subprocess

import check_links  # of tests/release
import papers  # of packaging
import yaml
from pages import ROOT, all_pages, blocks, reached, spans, text_of
from world import documents, must

PROGRAMS = ("kubectl ack", "kubeconfig_writer", "credential_provider")
# Of other programs, which the documents name: aliyun's, any plugin's, ack-ram-tool's.
OTHER_FLAGS = {"--mode", "--token", "--sts-endpoint", "--profile-name", "--profile-file", "--ignore-env-credentials", "--credential-type",
               "--ignore-aliyun-cli-credentials", "--region-id", "--expiration", "--private-address"}
# Whose backticks are not of commands that a person types: file formats, and documents for developers.
NOT_OF_COMMANDS = ("docs/store_format.md", "docs/releasing.md", "docs/tests.md", "ARCHITECTURE.md", ".github/", "packaging/", "tests/",
                   "testdata/")
# Blocks that are no lines of commands: their language, the suite that tries them, and what that has of them.
TRIED_ELSEWHERE = {language: ("tests/end_to_end/prompt_test.cc", f'Recipe("{language}")')
                   for language in ("bash", "zsh", "fish", "toml")}
# A block without a language is a drawing, or lines for cron, which are run.
READ_HERE = ("console", "sh", "json", "yaml", "ini", "")


def links_lead_somewhere():
    faults = [fault for page in all_pages() for fault in check_links.faults(ROOT / page, ROOT)]
    must(not faults, "\n".join(faults))


def found_from_readme():
    pages = {page for page in all_pages() if page.startswith(("docs/", "examples/", "packaging/CHANGELOG")) or "/" not in page}
    must(not pages - reached(), f"nobody who begins at README finds {sorted(pages - reached())}")


def in_the_contents():
    contents = text_of("README.md").split("## Contents")[1].split("\n## ")[0]
    lost = [page for page in all_pages() if page.startswith("docs/") and page != "docs/README.zh_CN.md" and f"({page})" not in contents]
    must(not lost, f"not in README's contents: {lost}")


def paths_are_there():
    pattern = re.compile(r"(?:tests|packaging|testdata|examples|docs|third_party|credential_provider|kubeconfig_writer)/[\w./-]+")
    lost = [f"{page}: {word}" for page in all_pages() if not page.startswith("packaging/CHANGELOG") for span in spans(page)
            for word in span.split() if pattern.fullmatch(word) and not list(ROOT.glob(word.rstrip("/") + "*"))]
    must(not lost, "\n".join(lost))


def help_of(built, program, *command):
    path = built / program / program
    return subprocess.run([path, *command, "--help"], env={"HOME": "/nonexistent"}, capture_output=True, text=True, check=False).stdout


def known_flags(built):
    """The flags of each command, by its words: of `install ack` those of `install ack`; of `install` those of all of its kinds."""
    known = {}
    for program in ("credential_provider", "kubeconfig_writer"):
        rows = re.findall(r"^  ([a-z]+(?:-[a-z]+)*)(?: (ack-token|ack|exec)\b)?", help_of(built, program), re.MULTILINE)
        for verb, kind in rows:
            flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(built, program, *filter(None, (verb, kind)))))
            known.setdefault(verb, set()).update(flags)
            known.setdefault(f"{verb} {kind}".strip(), set()).update(flags)
    return known


def names_that_exist(built):
    """The commands that documents name between backticks, and flags: of the command where one is named, else of any."""
    known = known_flags(built)
    every = set().union(*known.values()) | OTHER_FLAGS | set(re.findall(r"--[a-z][a-z-]+", text_of("packaging/install.sh")))
    verbs = {name.split()[0] for name in known} | {"version", "help"}
    wrong = []
    for page in all_pages():
        if page.startswith(NOT_OF_COMMANDS):
            continue
        for span in spans(page):
            words = span.split()
            program = next((name for name in PROGRAMS if span.startswith(name + " ")), None)
            words = words[len(program.split()):] if program else words
            if program and not words[0].startswith("-") and words[0] not in verbs and not words[0].isupper():
                wrong.append(f"{page}: `{span}`: no command {words[0]}")
            mine = known[words[0]] if words and words[0] in known else every
            ours = program or words[0] in known or words[0].startswith("--")
            for flag in re.findall(r"(?<![\w-])--[a-z][a-z-]+(?![\w-]*[…*])", span.split(" -- ")[0]) if ours else ():
                if flag not in mine | {"--help"} | (OTHER_FLAGS if words[0] == flag else set()):
                    wrong.append(f"{page}: `{span}`: no flag {flag}")
    must(not wrong, "\n".join(wrong))


def of_people(page):
    return not page.startswith((".github/", "tests/", "testdata/"))


def blocks_are_tried(built):
    """Every block is in a language that is run or read; what is read can be, and defaults are of flags that exist."""
    flags = set().union(*known_flags(built).values())
    for page in filter(of_people, all_pages()):
        for language, number, lines in blocks(text_of(page)):
            where = f"{page}:{number}: a block of {language}"
            must(language in READ_HERE or language in TRIED_ELSEWHERE, f"{where} is tried by nothing")
            if language in TRIED_ELSEWHERE:
                suite, proof = TRIED_ELSEWHERE[language]
                must(proof in text_of(suite), f"{where}: {suite} has no {proof}")
            elif language == "json":
                json.loads("\n".join(lines))
            elif language == "yaml":
                yaml.safe_load("\n".join(lines))
            elif language == "ini":
                defaults = configparser.ConfigParser()
                defaults.read_string("\n".join(lines))
                must(all(f"--{name}" in flags for name in defaults["defaults"]), f"{where}: {lines}")


def ci_is_as_in_the_examples():
    """What docs/ci.md shows of CI is in the examples, which are run."""
    github, gitlab = (yaml.safe_load("\n".join(lines)) for language, _, lines in blocks(text_of("docs/ci.md")) if language == "yaml")
    workflow, pipeline = documents("examples/github_actions.yml")[0], documents("examples/gitlab_ci.yml")[0]
    steps = workflow["jobs"]["deploy"]["steps"]
    must(github["permissions"] == workflow["permissions"] and all(step in steps for step in github["steps"]), str(github))
    must(gitlab["include"] == pipeline["include"], str(gitlab))
    job, = (rows for name, rows in gitlab.items() if name != "include")
    must(job["extends"] == pipeline["deploy"]["extends"] and set(job["script"]) <= set(pipeline["deploy"]["script"]), str(job))


def variables_are_read():
    """Variables of this program's, of Alibaba Cloud's and Terraform's spelling are in its source, or are of a flag."""
    folders = [ROOT / "credential_provider", ROOT / "kubeconfig_writer"]
    source = "".join(path.read_text() for folder in folders for path in folder.rglob("*") if path.suffix in (".cc", ".h"))
    unknown = sorted({f"{page}: {name}" for page in filter(of_people, all_pages()) for span in spans(page)
                      for name in re.findall(r"\b(?:CREDENTIAL_PROVIDER|ALIBABA_?CLOUD|ALICLOUD)(?:_[A-Z0-9]+)+(?![A-Z_])", span)
                      if name not in source and f'"{flag_of(name)}"' not in source})
    must(not unknown, "\n".join(unknown))


def packing_leaves_blocks():
    """A release's links lead elsewhere than the source's, but what people copy is the same."""
    for page in filter(of_people, all_pages()):
        packed = papers.rewritten(text_of(page), page, set(), "", "0.1.0")
        must(list(blocks(packed)) == list(blocks(text_of(page))), f"{page}: a release has other blocks")


def flag_of(variable):
    return variable.removeprefix("CREDENTIAL_PROVIDER_").lower().replace("_", "-")


def facts(built):
    """Each thing that is looked at, as Facts.check takes it."""
    return [("links lead to files and headings that are there", links_lead_somewhere),
            ("paths of this source are there", paths_are_there),
            ("every document is found from README", found_from_readme),
            ("every page of docs/ is in README's contents", in_the_contents),
            ("commands and flags that are named exist", names_that_exist, built),
            ("variables that are named are read", variables_are_read),
            ("every block is tried, by this or another suite", blocks_are_tried, built),
            ("a release has the same blocks", packing_leaves_blocks),
            ("docs/ci.md shows what the examples have", ci_is_as_in_the_examples)]
