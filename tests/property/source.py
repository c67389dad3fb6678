"""What sources are made of: each is a row of the table and makes worlds in which somebody calls through it."""
import base64
import json

from worlds import World

PEOPLE = ["alice", "bob"]
ROLES = ["ack-reader", "ack-admin"]  # what stands for them where only roles can be had
PROVIDER = "acs:ram::1000000000000001:oidc-provider/ci"
FAR = 4102444800  # 2100-01-01


def arn(role):
    return f"acs:ram::1000000000000001:role/{role}"


def key_of(person):
    """A lasting AccessKey."""
    return {"access_key_id": f"sandbox-{PEOPLE[person]}", "access_key_secret": f"sandbox-{PEOPLE[person]}-secret"}


def session_of(person):
    """A temporary AccessKey. The cloud has to be told of it."""
    name = PEOPLE[person]
    return {"access_key_id": f"STS.{name}", "access_key_secret": f"{name}-session-secret",
            "sts_token": f"token-of-{name}"}


def add_sessions(world):
    world.services["keys"] = [
        {"access_key_id": session["access_key_id"], "secret": session["access_key_secret"],
         "security_token": session["sts_token"], "role": ROLES[person], "session": PEOPLE[person]}
        for person, session in enumerate(map(session_of, range(2)))]


def jwt(person, expires=FAR, issuer="https://ci.example.com", number=0):
    """An identity token. `expires` may be a text: it is put there as it is."""
    claims = (f'{{"iss":"{issuer}","sub":"project:{PEOPLE[person]}","aud":"sts.aliyuncs.com","jti":"{number}",'
              f'"iat":1,"exp":{expires}}}')
    parts = [b'{"alg":"RS256"}', claims.encode(), b"fake-signature"]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def set_metadata(world, remote):
    del world.env["ALIBABA_CLOUD_ECS_METADATA_DISABLED"]
    world.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = "{cloud}"
    world.services.setdefault("settings", {})["metadata_role"] = ROLES[remote]


def set_uri_role(world, remote):
    world.services.setdefault("settings", {})["credentials_uri_role"] = ROLES[remote]


def set_config(world, mode, fields, others=()):
    # As aliyun-cli writes it, with what it always adds.
    profile = {"name": "default", "mode": mode, **fields, "region_id": "cn-hangzhou", "output_format": "json",
               "language": "en"}
    world.config = {"current": "default", "profiles": [profile, *others], "meta_path": ""}


def set_scripts(world, remote):
    """A command that prints the key of whom it is asked for. Who is who, a file of its own says."""
    world.files["bin/print-key"] = '#!/bin/sh\nexec cat "$HOME/keys/${WHO:-$1}"\n'
    for person, name in enumerate(PEOPLE):
        world.files[f"keys/{name}"] = json.dumps({"mode": "AK", **key_of(person if remote == 0 else 1 - person)})


class Source:
    """`forms`: how many ways there are to set it up. `options`: where details of a role are said, by their names."""

    name = ""
    forms = 1
    kind = "static"  # what tells who calls: "static" files and variables; "server"; "child"; "sign_in"; "token"
    options = {}

    def make(self, form, local=0, remote=0):
        """A world where the person `local` is set up, and what is out of reach from here stands for `remote`."""
        world = World()
        self.fill(world, form, local, remote)
        return world

    def fill(self, world, form, local, remote):
        raise NotImplementedError

    def set_option(self, world, name, value):
        """Says a detail of the role where this source says such things; by a flag when it does not."""
        where, key = self.options.get(name, ("flag", f"--role-{name}"))
        if where == "profile":
            world.profile[key] = int(value.rstrip("s")) if name == "duration" else value
        else:
            {"flag": world.flags, "env": world.env, "ini": world.ini and world.ini["default"]}[where][key] = value
