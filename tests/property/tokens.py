"""Dimensions: tokens and secrets."""
import json

from dimension import all_but, ANY, dimension, FAILS, NO_ACCOUNT, OTHER, Pair, SAME, SAME_CALLER, two
from source import FAR, jwt, PROVIDER, ROLES
from worlds import EXEC_INFO


def set_token(source, world, token):
    if getattr(source, "token_file", None):
        world.files[source.token_file] = token
    else:
        world.env[source.token_variable] = token


TOKENS = ["oidc-environment", "profile OIDC", "ini oidc_role_arn", "oidc, file", "oidc, variable"]


@dimension("claims", turns=5, no=all_but(TOKENS, "reads no claims here"))
def claims(source, form, choose):
    first, second = source.make(form), source.make(form, 1)
    how = choose.choice(["fraction", "issuer", "text", "no subject", "nested"])
    tokens = {"fraction": (jwt(0, "4102444800.5"), jwt(1, "4102444800.5")),
              "issuer": (jwt(0), jwt(0, issuer="https://other.example.com")),
              "text": (jwt(0), "not-a-token"),
              "no subject": (jwt(0, '4102444800,"sub":7'), jwt(1, '4102444800,"sub":7')),
              "nested": tuple(jwt(person, '4102444800,"x":{"iss":"","deep":[1]}') for person in range(2))}[how]
    set_token(source, first, tokens[0])
    set_token(source, second, tokens[1])
    return Pair(first, second, FAILS if how == "text" else ANY if how == "no subject" else OTHER)


@dimension("OIDC provider", no=all_but([*TOKENS, "oidc, GitHub Actions"], "names no OIDC provider"))
def oidc_provider(source, form, _choose):
    first = source.make(form)
    second = first.copy()
    second.replace(PROVIDER, PROVIDER + "-2")
    return Pair(first, second, OTHER)


@dimension("renewed, same person", static="is not renewed", server="is renewed at the server", child="is not renewed",
           plugin=NO_ACCOUNT, no={"oidc, GitHub Actions": "is made anew each time"})
def renewed(source, form, _choose):
    first = source.make(form)
    second = first.copy()
    if source.kind == "token":
        set_token(source, second, jwt(0, FAR + 60, number=1))
        return Pair(first, second, SAME)
    second.profile.update(source.renewed)
    tokens = [value for name, value in source.renewed.items() if name.endswith("_token")]
    for world in (first, second):
        world.services["sign_ins"] += [{"access_token": token, "refresh_token": token, "role": ROLES[0],
                                        "session": "alice"} for token in tokens]
    return Pair(first, second, SAME)


@dimension("sign-in site", turns=3, no=all_but(["profile CloudSSO", "profile OAuth"], "is no sign-in"))
def sign_in_site(source, form, choose):
    if form != 0:
        return None  # of the site before are a session that aliyun-cli has kept, and tokens that were renewed there
    first = source.make(form)
    second = first.copy()
    if source.name == "profile OAuth":
        if choose.randrange(2):
            second.profile["oauth_site_type"] = "INTL"
            return Pair(first, second, SAME)
        second.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = "{other}"
        return Pair(first, second, FAILS)
    field, value, expected = choose.choice([
        ("cloud_sso_access_config", "ack-admin", OTHER), ("cloud_sso_account_id", "1000000000000002", OTHER),
        ("cloud_sso_sign_in_url", "{other}/login", FAILS)])
    second.profile[field] = value
    return Pair(first, second, expected)


def _spoil(source, world):
    """Makes the secret or token that the world holds a wrong one."""
    if source.name == "oidc, GitHub Actions":
        world.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "wrong"
        return
    if source.kind == "token":
        set_token(source, world, jwt(0, 1))
        return
    for secret in ("sandbox-alice-secret", "alice-session-secret"):
        world.replace(secret, "wrong")


NO_SECRET = {"server": "holds no secret here", "child": "holds no secret here", "plugin": "holds no secret here",
             "sign_in": "the tokens are the person's: see person"}


@dimension("wrong secret", **NO_SECRET)
def wrong_secret(source, form, _choose):
    return Pair(*two(source, form, lambda world: _spoil(source, world)), FAILS, SAME_CALLER)


@dimension("mended", ack_only=True, **NO_SECRET)
def mended(source, form, _choose):
    second = source.make(form)
    second.env["KUBERNETES_EXEC_INFO"] = json.dumps(EXEC_INFO)
    first = second.copy()
    _spoil(source, first)
    return Pair(first, second, OTHER)
