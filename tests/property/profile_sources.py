"""Sources: profiles of ~/.aliyun/config.json, one a mode, as aliyun-cli writes them."""
from source import (
    add_sessions, arn, FAR, jwt, key_of, PEOPLE, PROVIDER, ROLES, session_of, set_config, set_metadata,
    set_scripts, set_uri_role, Source)


class ProfileAk(Source):
    name, forms = "profile AK", 2

    def fill(self, world, form, local, remote):
        set_config(world, ["AK", ""][form], key_of(local))


class ProfileStsToken(Source):
    name, forms = "profile StsToken", 2

    def fill(self, world, form, local, remote):
        add_sessions(world)
        set_config(world, ["StsToken", ""][form], session_of(local))


PROFILE_ROLE = {"arn": ("profile", "ram_role_arn"), "session-name": ("profile", "ram_session_name"),
                "external-id": ("profile", "external_id"), "duration": ("profile", "expired_seconds")}
ROLE_FIELDS = {"ram_role_arn": arn("ack-admin"), "ram_session_name": "laptop", "expired_seconds": 900}


class ProfileRole(Source):
    name, forms, options = "profile RamRoleArn", 3, PROFILE_ROLE

    def fill(self, world, form, local, remote):
        add_sessions(world)
        key = session_of(local) if form == 1 else key_of(local)
        set_config(world, "" if form == 2 else "RamRoleArn", {**key, **ROLE_FIELDS})


class ProfileInstance(Source):
    name, forms, kind = "profile EcsRamRole", 2, "server"

    def fill(self, world, form, local, remote):
        set_metadata(world, remote)
        set_config(world, "EcsRamRole", {"ram_role_name": ROLES[local]} if form else {})


class ProfileInstanceRole(Source):
    name, forms, kind, options = "profile RamRoleArnWithRoleName", 2, "server", PROFILE_ROLE

    def fill(self, world, form, local, remote):
        set_metadata(world, remote)
        set_config(world, "RamRoleArnWithRoleName", {"ram_role_name": ROLES[local] if form else "", **ROLE_FIELDS})


class ProfileChain(Source):
    name, options = "profile ChainableRamRoleArn", PROFILE_ROLE

    def fill(self, world, form, local, remote):
        set_config(world, "ChainableRamRoleArn", {"source_profile": "base", **ROLE_FIELDS},
                   [{"name": "base", "mode": "AK", **key_of(local)}])


class ProfileExternal(Source):
    name, forms, kind = "profile External", 4, "child"
    commands = ["print-key {}", "{{home}}/bin/print-key {}", "bin/print-key {}", "sh bin/print-key {}"]

    def fill(self, world, form, local, remote):
        set_scripts(world, remote)
        set_config(world, "External", {"process_command": self.commands[form].format(PEOPLE[local])})


class ProfileUri(Source):
    name, forms, kind = "profile CredentialsURI", 2, "server"

    def fill(self, world, form, local, remote):
        set_uri_role(world, remote)
        uri = "{cloud}/credentials-uri?user=" + PEOPLE[local]
        set_config(world, "CredentialsURI", {} if form else {"credentials_uri": uri})
        if form:
            world.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = uri


class ProfileOidc(Source):
    name, kind, options = "profile OIDC", "token", PROFILE_ROLE
    token_file = "token"

    def fill(self, world, form, local, remote):
        set_config(world, "OIDC", {"oidc_provider_arn": PROVIDER, "oidc_token_file": "{home}/token", **ROLE_FIELDS})
        world.files["token"] = jwt(local)


def sign_in(world, local, fields, kept, access, refresh=""):
    """`kept`: the session that aliyun-cli got with these tokens is in the profile too."""
    name = PEOPLE[local]
    world.services["sign_ins"] = [{"access_token": access.format(PEOPLE[person]),
                                   "refresh_token": refresh.format(PEOPLE[person]),
                                   "role": ROLES[person], "session": PEOPLE[person]} for person in range(2)]
    add_sessions(world)
    tokens = {key: value.format(name) if isinstance(value, str) else value for key, value in fields.items()}
    session = {**session_of(local), "sts_expiration": FAR} if kept else {}
    set_config(world, "", {**session, **tokens})


class ProfileCloudSso(Source):
    name, forms, kind = "profile CloudSSO", 2, "sign_in"
    renewed = {"access_token": "cloudsso-again", "cloud_sso_access_token_expire": FAR + 1}

    def fill(self, world, form, local, remote):
        sign_in(world, local, {
            "cloud_sso_sign_in_url": "{{cloud}}/login", "cloud_sso_account_id": "1000000000000001",
            "cloud_sso_access_config": "ac-fake", "access_token": "cloudsso-{}",
            "cloud_sso_access_token_expire": FAR}, form == 1, "cloudsso-{}")
        world.profile["mode"] = "CloudSSO"


class ProfileOAuth(Source):
    """Form 2: the access token has ended, so that it is renewed by us."""
    name, forms, kind = "profile OAuth", 3, "sign_in"
    renewed = {"oauth_access_token": "oauth-again", "oauth_refresh_token": "refresh-again",
               "oauth_access_token_expire": FAR + 1}

    def fill(self, world, form, local, remote):
        world.env["CREDENTIAL_PROVIDER_OAUTH_ENDPOINT"] = "{cloud}"
        sign_in(world, local, {
            "oauth_access_token": "oauth-{}", "oauth_refresh_token": "refresh-{}",
            "oauth_access_token_expire": 1 if form == 2 else FAR, "oauth_site_type": "CN"}, form == 1,
                "oauth-{}", "refresh-{}")
        world.profile["mode"] = "OAuth"
