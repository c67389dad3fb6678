"""Dimensions: who calls, and where it is said."""
import json

from dimension import all_but, BOUNDED, dimension, FAILS, IN_FILES, NO_ACCOUNT, of_prefix, OTHER, Pair, SAME, two
from source import jwt, key_of
from sources import SOURCES


def identity_flag_of(source):
    names = {"profile": "aliyun-profile", "ini": "ini-file", "oidc,": "oidc"}
    word = source.name.split(" ")[0]
    return names.get(word, word)


def _local(world):
    return [line for line in world.lines() if not line.startswith("cloud: ")]


@dimension("again")
def again(source, form, _choose):
    first, second = two(source, form, lambda world: None)
    return Pair(first, second, SAME, hit=True)


@dimension("person", every_form=True)
def person(source, form, _choose):
    first, second = source.make(form), source.make(form, 1, 1 if source.kind == "server" else 0)
    return Pair(first, second, OTHER) if _local(first) != _local(second) else None


@dimension("swapped in place", static=IN_FILES, token=IN_FILES,
           plugin="what a plugin has in files of its own is not seen: documented, forget exec",
           sign_in="the tokens are one person's")
def swapped(source, form, _choose):
    return Pair(source.make(form), source.make(form, 0, 1), OTHER, BOUNDED)


def _elsewhere(machine):
    def make(source, form, _choose):
        if source.name == "profile OAuth" and form == 2 and machine == "network":
            return None  # the first world's cloud alone knows the tokens that were renewed there
        serves = source.kind == "server"
        second = source.make(form, 0, 1 if serves else 0)
        second.machine = machine
        return Pair(source.make(form), second, OTHER if serves else SAME)
    return make


for _name, _machine in (("network namespace", "network"), ("boot id", "boot"), ("host name", "name")):
    dimension(_name)(_elsewhere(_machine))


ASK_METADATA = ["profile EcsRamRole", "profile RamRoleArnWithRoleName", "ini ecs_ram_role", "instance-role"]


@dimension("another instance", no=all_but(ASK_METADATA, "asks no metadata service"))
def another_instance(source, form, _choose):
    first, second = two(source, form, lambda world: world.services["settings"].update(metadata_instance="i-other"))
    second.machine = "name"
    return Pair(first, second, OTHER)


@dimension("metadata address", no=all_but(ASK_METADATA, "asks no metadata service"))
def metadata_address(source, form, _choose):
    second = source.make(form, 0, 1)
    second.env["ALIBABA_CLOUD_IMDS_ENDPOINT"] = "{localhost}"
    return Pair(source.make(form), second, OTHER)


@dimension("credentials URI", turns=4, no=all_but(["profile CredentialsURI", "ini credentials_uri", "credentials-uri"],
                                      "asks no credentials URI"))
def credentials_uri(source, form, choose):
    second = source.make(form, 0, 1)
    old, new = choose.choice([("{cloud}", "{localhost}"), ("user=alice", "user=bob"), ("?user", "?pod"), ("?", "?x&")])
    for where in second.settings():
        for name, value in where.items():
            if "/credentials-uri" in str(value):
                where[name] = value.replace(old, new)
    return Pair(source.make(form), second, OTHER)


@dimension("profile", plugin=NO_ACCOUNT, no=all_but(of_prefix("profile", "ini") + ["get exec"], "has no profiles"))
def profile(source, form, choose):
    first = source.make(form)
    how = choose.randrange(5)
    if first.config is not None:
        first.config["profiles"].append({"name": "second", "mode": "AK", **key_of(1)})
        change = [lambda world: world.flags.update({"--profile": "second"}),
                  lambda world: world.env.update(ALIBABACLOUD_PROFILE="second"),
                  lambda world: world.env.update(ALIBABA_CLOUD_PROFILE="second"),
                  lambda world: world.env.update(ALICLOUD_PROFILE="second"),
                  lambda world: world.config.update(current="second")][how]
    else:
        first.ini["second"] = {"type": "access_key", **key_of(1)}
        change = [lambda world: world.flags.update({"--profile": "second"}),
                  lambda world: world.env.update(ALIBABA_CLOUD_PROFILE="second")][how % 2]
    second = first.copy()
    change(second)
    return Pair(first, second, OTHER)


@dimension("file elsewhere", plugin=NO_ACCOUNT,
           no=all_but(of_prefix("profile", "ini", "get exec") + ["oidc-environment", "oidc, file"], "reads no file"))
def file_elsewhere(source, form, choose):
    first = source.make(form)
    bob = {"config": json.dumps({"current": "default", "profiles": [{"name": "default", "mode": "AK", **key_of(1)}]}),
           "ini": "[default]\ntype = access_key\n" + "".join(f"{k} = {v}\n" for k, v in key_of(1).items())}
    kind = "config" if first.config else "ini"
    first.files.update({"elsewhere/.aliyun/config.json": bob["config"],
                        "elsewhere/.alibabacloud/credentials.ini": bob["ini"], "elsewhere/token": jwt(1)})
    second = first.copy()
    if getattr(source, "token_file", None) and (first.config is None and first.ini is None or choose.randrange(2)):
        second.replace("{home}/token", "{home}/elsewhere/token")
    elif choose.randrange(2):
        second.env["HOME"] = "{home}/elsewhere"
    elif kind == "config":
        second.env["ALIBABA_CLOUD_CONFIG_FILE"] = "{home}/elsewhere/.aliyun/config.json"
    else:
        second.env["ALIBABA_CLOUD_CREDENTIALS_FILE"] = "{home}/elsewhere/.alibabacloud/credentials.ini"
    return Pair(first, second, OTHER)


@dimension("source in front", plugin=NO_ACCOUNT)
def source_in_front(source, form, _choose):
    first = source.make(form)
    second = first.copy()
    second.env.update(ALIBABA_CLOUD_ACCESS_KEY_ID="sandbox-bob", ALIBABA_CLOUD_ACCESS_KEY_SECRET="sandbox-bob-secret")
    second.env.pop("ALIBABA_CLOUD_SECURITY_TOKEN", None)
    return Pair(first, second, SAME if "--identity" in first.flags else OTHER)


@dimension("another source", plugin=NO_ACCOUNT)
def another_source(source, form, choose):
    other = choose.choice([other for other in SOURCES if other.kind != "plugin" and other is not source])
    server = 1 if other.kind == "server" else 0
    return Pair(source.make(form), other.make(choose.randrange(other.forms), 1, server), OTHER)


@dimension("--identity", plugin=NO_ACCOUNT)
def identity_flag(source, form, _choose):
    first = source.make(form)
    other = "environment"
    if source.name == "environment":
        first.config = {"current": "", "profiles": [{"name": "default", "mode": "AK", **key_of(1)}]}
        other = "aliyun-profile"
    else:
        first.env.update(ALIBABA_CLOUD_ACCESS_KEY_ID="sandbox-bob",
                         ALIBABA_CLOUD_ACCESS_KEY_SECRET="sandbox-bob-secret")
    first.flags["--identity"] = identity_flag_of(source)
    second = first.copy()
    second.flags["--identity"] = other
    for flag in [flag for flag in second.flags if flag.startswith("--oidc")]:
        del second.flags[flag]
    return Pair(first, second, OTHER)


@dimension("switched off", plugin=NO_ACCOUNT, no={
    name: "is not there when its variables and flags are not: see another source"
    for name in ("environment", "oidc-environment", "oidc, file", "oidc, variable", "oidc, GitHub Actions")})
def switched_off(source, form, choose):
    first = source.make(form)
    second = first.copy()
    switches = []
    if first.config is not None and "ALIBABA_CLOUD_CREDENTIALS_URI" not in first.env:
        switches += [("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true"), ("ALIBABA_CLOUD_IGNORE_PROFILE", "true")]
    if source.kind == "child" or "redentials" in source.name:
        switches.append(("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", "1"))
    if "ALIBABA_CLOUD_IMDS_ENDPOINT" in first.env:
        switches = [("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")]  # else it would be the last resort
    if first.ini is not None and not choose.randrange(len(switches) + 1) and "IMDS" not in str(first.env):
        second.ini["default"]["enable"] = "false"
    else:
        second.env.update([choose.choice(switches)])
    return Pair(first, second, FAILS)
