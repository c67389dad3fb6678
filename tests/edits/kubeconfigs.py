"""Kubeconfigs as programs write them, as people leave them, and as YAML and kubectl allow: all made from a seed."""
import random
import re

from spelling import Speller

# Around what an edit may change: the context that is current, the stanza to wrap, the user to migrate.
MARKS = {"current-context": ("\x01", "\x02"), "exec": ("\x03", "\x04"), "migrated": ("\x05", "\x06")}
EXEC_USER, STATIC_USER = "plugin user", "200000000000000001"
NAMES = ["prod", "a", "team/eu:1", "arn:aws:eks:us-west-2:000000000000:cluster/payments-production-blue", "with blank",
         "it's", 'q"uote', "yes", "0x10", "gke_project_europe-west1-b_cluster-with-a-long-name-for-a-line-of-its-own"]


class Kubeconfig:
    def __init__(self, text, spans, layers):
        self.text, self.spans, self.layers = text, spans, layers

    def is_flow(self):
        return self.layers["style"] != "block"


def model_of(rng, static):
    """What the file says. `static` are the fields of a user whom ACK has given a certificate, and the cluster."""
    name = rng.choice(NAMES)
    args = rng.choice([None, None, [], ["get-token"], ["eks", "get-token", "--cluster-name", name], ["--a", "", "it's"]])
    exec_ = {"apiVersion": "client.authentication.k8s.io/v1beta1", "command": rng.choice(["aws", "gke-gcloud-auth-plugin", "/opt/a plugin"])}
    if args is not None or rng.random() < 0.5:
        exec_["args"] = args
    if rng.random() < 0.4:
        exec_["env"] = rng.choice([None, [{"name": "AWS_PROFILE", "value": "dev"}], []])
    if rng.random() < 0.5:
        exec_.update(interactiveMode="IfAvailable", provideClusterInfo=False)
    if rng.random() < 0.3:
        exec_["installHint"] = "Install it: see https://example.com/x for more, which is a long text indeed"
    exec_ = dict(rng.sample(list(exec_.items()), len(exec_))) if rng.random() < 0.5 else exec_
    users = [{"name": EXEC_USER, "user": {"exec": exec_}}, {"name": name, "user": {"token": "fake-token"}}]
    clusters = [{"name": name, "cluster": {"server": "https://192.0.2.1:6443", "insecure-skip-tls-verify": rng.random() < 0.5}}]
    contexts = [{"name": name, "context": {"cluster": name, "user": EXEC_USER, "namespace": "kube-system"}}]
    if static:
        users.append({"name": STATIC_USER, "user": dict(static["user"])})
        clusters.append({"name": "kubernetes", "cluster": dict(static["cluster"])})
        contexts.append({"name": static["context"], "context": {"cluster": "kubernetes", "user": STATIC_USER}})
    rng.shuffle(users)
    current = rng.choice([name, name, None, "", "ABSENT"])
    top = {"apiVersion": "v1", "clusters": clusters, "contexts": contexts, "current-context": current, "kind": "Config",
           "preferences": {}, "users": users}
    if rng.random() < 0.2:
        top["extensions"] = [{"name": "x", "extension": {"version": 1.5, "on": True, "list": [1, "1", None]}}]
    if not static and rng.random() < 0.3:
        top["clusters"] = rng.choice([None, [], "ABSENT"])
    if not static and rng.random() < 0.2:
        top["contexts"] = rng.choice([None, [], "ABSENT"])
    top = {key: value for key, value in top.items() if value != "ABSENT"}
    for key in ("apiVersion", "kind", "preferences"):
        if rng.random() < 0.1:
            del top[key]
    return dict(rng.sample(list(top.items()), len(top))) if rng.random() < 0.3 else top


class Writer:
    """Writes one model as text, with marks around what may change."""

    def __init__(self, rng, style):
        self.rng, self.style = rng, style
        self.spell = Speller(rng, json=style in ("json", "json lines"), kyaml=style == "kyaml")
        self.lines = style in ("json lines", "kyaml", "flow lines")
        self.user = None

    def marked(self, key, text):
        if key in ("current-context", "exec"):
            return MARKS[key][0] + text + MARKS[key][1]
        return text

    # Flow style.

    def flow_scalar(self, value, in_list=False):
        if value is None:
            return self.spell.null(in_list)
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, (int, float)) else self.spell.text_on_a_line(value, True)

    def flow(self, value, indent, lines, in_list=False):
        if not isinstance(value, (dict, list)):
            return self.flow_scalar(value, in_list)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if not value:
            return opening + self.rng.choice(["", "", "", " "]) * self.spell.is_odd() + closing
        deeper = indent + self.spell.step
        parts = []
        for item in value.items() if isinstance(value, dict) else value:
            if isinstance(value, dict):
                spelled = self.flow(item[1], deeper, lines)
                colon = ": " if self.style != "json" or self.spell.step == 2 else ":"
                if self.spell.is_odd() and lines and not self.spell.json and spelled:
                    colon = ":" + self.spell.comment() + "\n" + " " * (deeper + 1)
                parts.append(self.spell.key(item[0]) + self.marked(item[0], colon + spelled))
            else:
                parts.append(self.flow(item, deeper, lines, True))
        marks = self.marks_of(value)
        if not lines:
            blank = self.rng.choice(["", "", " "]) if self.spell.is_odd() else ""
            comma = ", " if self.style != "json" or self.spell.step == 2 else ","
            return marks[0] + opening + blank + comma.join(parts) + blank + closing + marks[1]
        text = ""
        for i, part in enumerate(parts):
            last = i + 1 == len(parts)
            comma = "," if not last or self.style == "kyaml" or (not self.spell.json and self.spell.is_odd()) else ""
            text += self.spell.lines_between(deeper) + " " * deeper + part + comma + self.spell.comment() + "\n"
        return marks[0] + opening + "\n" + text + self.spell.lines_between(deeper) + " " * indent + closing + marks[1]

    def marks_of(self, value):
        is_static = isinstance(value, dict) and value.get("name") == STATIC_USER
        return MARKS["migrated"] if is_static else ("", "")

    # Block style.

    def field(self, key, value, indent):
        """A key at `indent`, with its value and the end of its line."""
        spell = self.spell
        spell.in_block_scalar = False
        if value is None:
            rest = spell.null_in_block(indent)
        elif isinstance(value, str):
            rest = spell.text_in_block(value, indent)
        elif not isinstance(value, (dict, list)):
            rest = " " + self.flow_scalar(value) + spell.comment() + "\n"
        elif not value or (key not in ("clusters", "contexts", "users") and spell.is_odd()) or spell.rng.random() < 0.02:
            lines = bool(value) and spell.is_odd()
            below = "\n" + " " * (indent + 2) if spell.is_odd() else " "
            rest = below + self.flow(value, indent + 2, lines) + spell.comment() + "\n"
        elif isinstance(value, dict):
            rest = spell.comment() + "\n" + self.mapping(value, indent + spell.step)
        else:
            rest = spell.comment() + "\n" + self.items(value, indent + spell.list_indent)
        if spell.odd and self.rng.random() < 0.01 and "\t" not in rest.split("\n")[0]:  # no tab after a colon that begins its line
            return "? " + spell.key(key) + "\n" + " " * indent + ":" + self.marked(key, rest)
        return spell.key(key) + ":" + self.marked(key, rest)

    def mapping(self, value, indent):
        return "".join(self.spell.lines_between(indent) + " " * indent + self.field(k, v, indent) for k, v in value.items())

    def items(self, value, indent):
        text = ""
        for item in value:
            text += self.spell.lines_between(indent)
            inside = indent + 1 + self.spell.gap
            if isinstance(item, dict) and item and not self.spell.is_odd():
                fields = list(item.items())
                if self.spell.quote == "plain" and self.rng.random() < 0.5:
                    fields = fields[::-1]  # as kubectl orders them
                lines = [self.field(k, v, inside) for k, v in fields]
                marks = self.marks_of(item)
                body = lines[0] + "".join(self.spell.lines_between(inside) + " " * inside + line for line in lines[1:])
                text += " " * indent + "-" + " " * self.spell.gap + marks[0] + body + marks[1]
            elif isinstance(item, str):
                self.spell.in_block_scalar = False
                spelled = self.spell.text_in_block(item, inside)
                if "\t" in spelled.split("\n")[0] and not spelled.split("\n")[0].strip():
                    spelled = "\n" + spelled.split("\n", 1)[1]  # no tab after a dash that is alone in its line
                text += " " * indent + "-" + (spelled if spelled.startswith((" ", "\n")) else " " + spelled)
            else:
                text += " " * indent + "- " + self.flow(item, inside, self.spell.is_odd()) + self.spell.comment() + "\n"
        return text

    def document(self, model):
        if self.style != "block":
            text = self.flow(model, 0, self.lines) + "\n"
            text = "---\n" + text if self.style == "kyaml" else text
            return self.spell.lines_between(0) * (not self.spell.json) + text
        return self.spell.lines_between(0) + self.mapping(model, 0) + self.spell.lines_between(0)


def alias_token(text):
    return text.replace("token: fake-token\n", "token: *shared\n"), "x-shared: &shared fake-token\n"


def alias_current_context(text):
    return re.sub("\x01 (prod|a)\n", "\x01 *shared\n", text), "x-shared: &shared prod\n" if "\x01 prod\n" in text else "x-shared: &shared a\n"


def merge_stanza(text):
    version = "apiVersion: client.authentication.k8s.io/v1beta1\n"
    return re.sub("\x03\n( +)" + version, "\x03\n\\1<<: *shared\n", text), "x-shared: &shared\n  " + version


def name_list(text):
    return text.replace("\nusers:\n", "\nusers: &shared\n"), ""


def refer_to_list(text):
    text = text.replace("\nusers:\n", "\nusers: &shared\n")
    return text + "x-users: *shared\n" * ("&shared" in text), ""


def share(rng, text):
    """Lets values be written in one place and read in another."""
    if rng.random() < 0.8:
        return text
    shared, before = rng.choice([alias_token, alias_current_context, merge_stanza, name_list, refer_to_list])(text)
    return before + shared if shared != text else text


def dress(rng, text, style):
    """Line ends, marks at the beginning and end: what is around a document. Returns the text and what was done."""
    done = {"style": style}
    if style == "block":
        text = share(rng, text)
        if rng.random() < 0.15 and not text.startswith("%"):
            text = rng.choice(["---\n", "--- # made by hand\n", "%YAML 1.1\n---\n"]) + text
        if rng.random() < 0.1:
            text += rng.choice(["...\n", "---\n", "...\n# end\n", "--- \n\n# end\n", "---\nkind: Config\n"])
    if rng.random() < 0.1:
        text, done["end"] = text.rstrip("\n"), "no final line break"
    if rng.random() < 0.1:
        text, done["breaks"] = text.replace("\n", "\r\n"), "CRLF"
    elif rng.random() < 0.02:
        text, done["breaks"] = text.replace("\n", "\r"), "CR"
    if rng.random() < 0.05:
        text, done["mark"] = "\ufeff" + text, "byte order mark"
    return text, done


def spans_of(text):
    """Takes the marks out. Returns the bytes, and of each mark the offsets of what it was around."""
    data, spans, places = bytearray(), {}, {}
    signs = {pair[i]: (name, i) for name, pair in MARKS.items() for i in (0, 1)}
    for piece in text:
        if piece in signs:
            places[signs[piece]] = len(data)
        else:
            data += piece.encode()
    for name in MARKS:
        if (name, 0) in places:
            spans[name] = (places[name, 0], places[name, 1])
    return bytes(data), spans


def generate(seed, number, static=None):
    """File `number` of `seed`; `static` as in model_of."""
    rng = random.Random(f"{seed}.{number}")
    style = rng.choice(["block"] * 12 + ["flow", "flow lines", "json", "json lines", "kyaml", "kyaml"])
    text, layers = dress(rng, Writer(rng, style).document(model_of(rng, static)), style)
    data, spans = spans_of(text)
    if rng.random() < 0.005:  # PowerShell's > makes it; of what is refused no span is asked for
        data = data.decode().lstrip("\ufeff").encode("utf-16")
    return Kubeconfig(data, spans, layers)


if __name__ == "__main__":
    import sys
    sys.stdout.buffer.write(generate(sys.argv[1], int(sys.argv[2])).text)
