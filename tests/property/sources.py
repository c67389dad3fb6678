"""All sources, in the order of the table's rows."""
from profile_sources import (
    ProfileAk, ProfileChain, ProfileCloudSso, ProfileExternal, ProfileInstance, ProfileInstanceRole,
    ProfileOAuth, ProfileOidc, ProfileRole, ProfileStsToken, ProfileUri)
from source import (
    add_sessions, arn, jwt, key_of, PEOPLE, PROVIDER, ROLES, session_of, set_metadata, set_scripts, set_uri_role,
    Source)


class EnvironmentKey(Source):
    name, forms = "environment", 10
    spellings = [("ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"),
                 ("ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_SECURITY_TOKEN"),
                 ("ALICLOUD_ACCESS_KEY_ID", "ALICLOUD_ACCESS_KEY_SECRET", "ALICLOUD_SECURITY_TOKEN"),
                 ("ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_ACCESS_KEY_STS_TOKEN"),
                 ("ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN")]

    def fill(self, world, form, local, remote):
        temporary = form % 2
        add_sessions(world)
        key = session_of(local) if temporary else key_of(local)
        world.env.update(zip(self.spellings[form // 2], key.values()))


class OidcEnvironment(Source):
    name, forms, kind = "oidc-environment", 2, "token"
    options = {"arn": ("env", "ALIBABA_CLOUD_ROLE_ARN"), "session-name": ("env", "ALIBABA_CLOUD_ROLE_SESSION_NAME")}
    token_file = "token"

    def fill(self, world, form, local, remote):
        prefix = ["ALIBABA_CLOUD", "ALIBABACLOUD"][form]
        world.env.update({prefix + "_ROLE_ARN": arn("ack-admin"), prefix + "_OIDC_PROVIDER_ARN": PROVIDER,
                          prefix + "_OIDC_TOKEN_FILE": "{home}/token"})
        world.files["token"] = jwt(local)


def set_ini(world, kind, values):
    world.ini = {"default": {"enable": "true", "type": kind, **values}}


class IniKey(Source):
    name = "ini access_key"

    def fill(self, world, form, local, remote):
        set_ini(world, "access_key", key_of(local))


class IniSts(Source):
    name = "ini sts"

    def fill(self, world, form, local, remote):
        add_sessions(world)
        set_ini(world, "sts", session_of(local))


INI_ROLE = {"arn": ("ini", "role_arn"), "session-name": ("ini", "role_session_name"), "policy": ("ini", "policy")}
INI_ROLE_FIELDS = {"role_arn": arn("ack-admin"), "role_session_name": "laptop"}


class IniRole(Source):
    name, options = "ini ram_role_arn", INI_ROLE

    def fill(self, world, form, local, remote):
        set_ini(world, "ram_role_arn", {**key_of(local), **INI_ROLE_FIELDS})


class IniInstance(Source):
    name, forms, kind = "ini ecs_ram_role", 2, "server"

    def fill(self, world, form, local, remote):
        set_metadata(world, remote)
        set_ini(world, "ecs_ram_role", {"role_name": ROLES[local]} if form else {})


class IniOidc(Source):
    name, kind, options = "ini oidc_role_arn", "token", INI_ROLE
    token_file = "token"

    def fill(self, world, form, local, remote):
        set_ini(world, "oidc_role_arn", {"oidc_provider_arn": PROVIDER, "oidc_token_file_path": "{home}/token",
                                         **INI_ROLE_FIELDS})
        world.files["token"] = jwt(local)


class IniUri(Source):
    name, kind = "ini credentials_uri", "server"

    def fill(self, world, form, local, remote):
        set_uri_role(world, remote)
        set_ini(world, "credentials_uri", {"credentials_uri": "{cloud}/credentials-uri?user=" + PEOPLE[local]})


class IniExternal(Source):
    name, forms, kind = "ini external", 4, "child"

    def fill(self, world, form, local, remote):
        set_scripts(world, remote)
        set_ini(world, "external", {"process_command": ProfileExternal.commands[form].format(PEOPLE[local])})


class Instance(Source):
    """Form 0: the last resort of a machine where nothing is set up."""
    name, forms, kind = "instance-role", 3, "server"

    def fill(self, world, form, local, remote):
        set_metadata(world, remote)
        if form == 1:
            world.flags["--identity"] = "instance-role"
        if form == 2:
            world.env["ALIBABA_CLOUD_ECS_METADATA"] = ROLES[local]


class Uri(Source):
    name, kind = "credentials-uri", "server"

    def fill(self, world, form, local, remote):
        set_uri_role(world, remote)
        world.env["ALIBABA_CLOUD_CREDENTIALS_URI"] = "{cloud}/credentials-uri?user=" + PEOPLE[local]


def set_oidc_flags(world):
    world.flags.update({"--identity": "oidc", "--role-arn": arn("ack-admin"), "--oidc-provider-arn": PROVIDER})


class OidcFile(Source):
    name, kind = "oidc, file", "token"
    token_file = "token"

    def fill(self, world, form, local, remote):
        set_oidc_flags(world)
        world.flags["--oidc-token-file"] = "{home}/token"
        world.files["token"] = jwt(local)


class OidcVariable(Source):
    name, kind = "oidc, variable", "token"
    token_variable = "ID_TOKEN"

    def fill(self, world, form, local, remote):
        set_oidc_flags(world)
        world.flags["--oidc-token-env"] = "ID_TOKEN"
        world.env["ID_TOKEN"] = jwt(local)


class OidcActions(Source):
    name, kind = "oidc, GitHub Actions", "token"

    def fill(self, world, form, local, remote):
        set_oidc_flags(world)
        world.env["ACTIONS_ID_TOKEN_REQUEST_URL"] = "{cloud}/actions-id-token?branch=" + PEOPLE[local]
        world.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "sandbox-actions-request-token"


PLUGIN = '''#!/bin/sh
who=$1 cluster=
for variable in ALICLOUD_ACCESS_KEY ALIBABACLOUD_ACCESS_KEY_ID ACCESS_KEY_ID AWS_PROFILE PINNIPED_USERNAME WHO; do
  eval "value=\\$$variable"
  [ -z "$value" ] || who=$variable-$value
done
case $KUBERNETES_EXEC_INFO in *'"audience":"b"'*) cluster=-b ;; esac
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'\
"$who$cluster$MARK"'","expirationTimestamp":"2099-01-01T00:00:00Z"}}'
'''


class Plugin(Source):
    """Another exec plugin behind `get exec`."""
    name, forms, kind = "get exec", 4, "plugin"

    def fill(self, world, form, local, remote):
        world.issuer = "exec"
        world.files["bin/plugin"] = PLUGIN
        words = [["plugin"], ["{home}/bin/plugin"], ["bin/plugin"], ["sh", "bin/plugin"]][form]
        world.command = [*words, PEOPLE[local]]


SOURCES = [source() for source in (
    EnvironmentKey, OidcEnvironment, ProfileAk, ProfileStsToken, ProfileRole, ProfileInstance, ProfileInstanceRole,
    ProfileChain, ProfileExternal, ProfileUri, ProfileOidc, ProfileCloudSso, ProfileOAuth, IniKey, IniSts, IniRole,
    IniInstance, IniOidc, IniUri, IniExternal, Instance, Uri, OidcFile, OidcVariable, OidcActions, Plugin)]
