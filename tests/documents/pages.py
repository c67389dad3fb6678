"""What a document says that can be tried: lines of commands and what they print, flags, paths, and where its links lead."""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
START = "README.md"

# A line as it is typed, with its comment cut off, and the lines that the document shows below it.
Line = collections.namedtuple("Line", "page number command shown")

CRON = re.compile(r"(?:[\d*/,-]+ +){4}[\d*/,-]+ +(\S.*)")


def all_pages():
    """Every document for people, from the root of the repository; not those that only reports faults are filled into."""
    found = [path for path in ROOT.rglob("*.md") if not path.relative_to(ROOT).parts[0].startswith("bazel-")]
    names = [str(path.relative_to(ROOT)) for path in found]
    return sorted(name for name in names if not name.startswith((".git/", ".github/ISSUE_TEMPLATE")))


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(text):
    """Each fenced block: its language, the number of its first line, and its lines without the fence's indent."""
    block = None
    for number, line in enumerate(text.split("\n"), 1):
        fence = re.match(r"( *)```(\w*)", line)
        if fence and block is None:
            block = (fence[2], number + 1, [])
            indent = len(fence[1])
        elif fence:
            yield block
            block = None
        elif block is not None:
            block[2].append(line[indent:])


def without_comment(command):
    return re.split(r"\s+# ", command)[0].rstrip()


def lines_of_commands(page):
    """The commands of a page in their order: after `$ ` in a console, every line of a script, and what cron is to run."""
    for language, first, lines in blocks(text_of(page)):
        found = []
        for number, line in enumerate(lines, first):
            cron = CRON.fullmatch(line) if language == "" else None
            goes_on = found and found[-1][1].endswith("\\")
            if goes_on:
                found[-1][1] = found[-1][1][:-1] + line.strip()
            elif language == "console" and line.startswith("$ "):
                found.append([number, line[2:], []])
            elif language == "console" and found:
                found[-1][2].append(line)
            elif language == "sh" and line.strip():
                found.append([number, line, []])
            elif cron:
                found.append([number, cron[1], []])
        for number, command, shown in found:
            yield Line(page, number, without_comment(command), shown)


def spans(page):
    """What is between backticks outside of blocks."""
    text = re.sub(r"^ *```.*?^ *```", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`]+)`", text)


# What differs from run to run, or in the sandbox, and has other characters in a document: as it is there, and a pattern
# of what is printed.
DIFFERS = [(re.compile(there), pattern) for there, pattern in (
    (r"LTAI…", r"sandbox-\w+"),
    (r"\d+m ago", r"(\d+[sm] ago|just now)"),
    (r"c0…1, ack, 1h", r"c0+1, ack, 1h, http://[\d.:]+"),
    (r"c0…1", r"c0+1"),
    (r"…", r".*"),
    (r"20\d\d-\d\d-\d\dT[\d:.]+Z", r"20\d\d-\d\d-\d\dT[\d:.]+Z"),
    (r"\b\d+[smhd]\b", r"\d+[smhd]"),
    (r"\[\d+\]", r"\[\d+\]"),
    (r"/home/alice", r"~"),
    (r"cs\.cn-hangzhou\.aliyuncs\.com", r"127\.0\.0\.1:\d+"),
    (r"WDJB-MJHT", r"SAND-\d+"),
    (r"https://signin-cn-shanghai.alibabacloudsso.com", r"http://[\d.:]+"))]


def pattern_of(line):
    """A pattern of what a document shows as this line."""
    pattern = ""
    while line:
        found = min(filter(None, (differs.search(line) for differs, _ in DIFFERS)), key=lambda one: one.start(), default=None)
        if not found:
            break
        pattern += re.escape(line[:found.start()]) + next(what for differs, what in DIFFERS if differs is found.re)
        line = line[found.end():]
    return pattern + re.escape(line)


def missing_from(shown, printed):
    """The lines that a document shows and that were not printed, however they are spaced."""
    lines = [" ".join(line.split()) for line in printed.split("\n")]
    return [line for line in shown
            if line.strip() and not any(re.fullmatch(pattern_of(" ".join(line.split())), one) for one in lines)]


def links(page):
    """The documents that a page leads to."""
    for target in re.findall(r"\]\(([^()\s]+)\)", text_of(page)):
        file = target.partition("#")[0]
        if file and not re.match(r"[a-z]+:", file):
            there = (ROOT / page).parent / file
            if there.suffix == ".md" and there.exists():
                yield str(there.resolve().relative_to(ROOT))


def reached():
    """The documents that somebody finds who begins at README and follows links."""
    found, ahead = {START}, [START]
    while ahead:
        more = set(links(ahead.pop())) - found
        found |= more
        ahead += more
    return found
