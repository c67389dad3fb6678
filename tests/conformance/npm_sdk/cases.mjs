// The ways to sign in: `prepare(home, sandbox)` writes the files and returns the variables. `arn` is how the
// caller's name begins, `refused` a code both must be refused with, `metadata` whether the metadata service may be
// asked, and `sdkLacks` the SDK's known failure, or the caller that it takes instead, with the reason.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ACCOUNT = 'acs:ram::1000000000000001:';
const ALICE = `${ACCOUNT}user/alice`;
const BOB = `${ACCOUNT}user/bob`;
const ROLE = `${ACCOUNT}role/ack-reader`;
const READER = `${ACCOUNT}assumed-role/ack-reader/`;
const SESSION = `${ACCOUNT}assumed-role/`;
const INSTANCE = `${ACCOUNT}assumed-role/sandbox-ecs-role/`;
const PROVIDER = `${ACCOUNT}oidc-provider/ci`;
const LATER = 4102444800;

const NO_MODE = { error: /unsupported profile mode/, reason: 'not supported: its profiles do not have this mode' };
const NO_VARIABLE = { error: /Access key ID must be specified/, reason: 'not supported: it reads no such variable' };

const key = (name) => ({ access_key_id: `sandbox-${name}`, access_key_secret: `sandbox-${name}-secret` });
const keyVariables = (name) => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: `sandbox-${name}`,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: `sandbox-${name}-secret`,
});

function write(home, path, text) {
  const file = join(home, path);
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

// The current profile of aliyun, and others beside it.
function profile(home, fields, ...others) {
  const profiles = [...others, { name: 'main', ...fields }];
  write(home, '.aliyun/config.json', JSON.stringify({ current: 'main', profiles }));
  return {};
}

function ini(home, lines) {
  write(home, '.alibabacloud/credentials', ['[default]', 'enable = true', ...lines, ''].join('\n'));
  return {};
}

const iniKey = (name) => Object.entries(key(name)).map(([field, value]) => `${field} = ${value}`);

async function session(sandbox) {
  return (await fetch(`${sandbox.cloud}/credentials-uri`)).json();
}

// A token of an OIDC provider that the sandbox trusts, in a file.
async function tokenFile(home, sandbox) {
  const body = JSON.stringify({ audience: 'sts.aliyuncs.com', lifetime_s: 300 });
  const reply = await fetch(`${sandbox.control}/id-token`, { method: 'POST', body });
  return write(home, 'token', (await reply.json()).token);
}

async function rrsa(home, sandbox) {
  return {
    ALIBABA_CLOUD_ROLE_ARN: ROLE,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER,
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: await tokenFile(home, sandbox),
    ALIBABA_CLOUD_ROLE_SESSION_NAME: 'pod',
  };
}

function printKey(home) {
  const script = write(home, 'print_key', `#!/bin/sh\necho '${JSON.stringify({ mode: 'AK', ...key('alice') })}'\n`);
  chmodSync(script, 0o700);
  return script;
}

const ROLE_OF_ALICE = { ...key('alice'), ram_role_arn: ROLE, ram_session_name: 'laptop', expired_seconds: 900 };
const CHAINED = { mode: 'ChainableRamRoleArn', source_profile: 'base', ram_role_arn: ROLE, ram_session_name: 'chained' };

export const cases = [
  { name: 'environment: AccessKey', arn: ALICE, prepare: () => keyVariables('alice') },
  {
    name: 'environment: session',
    arn: SESSION,
    prepare: async (home, sandbox) => {
      const { AccessKeyId, AccessKeySecret, SecurityToken } = await session(sandbox);
      return {
        ALIBABA_CLOUD_ACCESS_KEY_ID: AccessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: AccessKeySecret,
        ALIBABA_CLOUD_SECURITY_TOKEN: SecurityToken,
      };
    },
  },
  {
    name: 'environment: Terraform spelling',
    arn: ALICE,
    sdkLacks: NO_VARIABLE,
    prepare: () => ({ ALICLOUD_ACCESS_KEY: 'sandbox-alice', ALICLOUD_SECRET_KEY: 'sandbox-alice-secret' }),
  },
  { name: 'environment: RRSA', arn: `${READER}pod`, prepare: rrsa },
  { name: 'profile: AK', arn: ALICE, prepare: (home) => profile(home, { mode: 'AK', ...key('alice') }) },
  {
    name: 'profile: AK, wrong secret',
    refused: 'SignatureDoesNotMatch',
    prepare: (home) => profile(home, { mode: 'AK', ...key('alice'), access_key_secret: 'fake-wrong-secret' }),
  },
  {
    name: 'profile: chosen by variable',
    arn: BOB,
    prepare: (home) => ({
      ...profile(home, { mode: 'AK', ...key('alice') }, { name: 'second', mode: 'AK', ...key('bob') }),
      ALIBABA_CLOUD_PROFILE: 'second',
    }),
  },
  {
    name: 'profile: StsToken',
    arn: SESSION,
    prepare: async (home, sandbox) => {
      const { AccessKeyId, AccessKeySecret, SecurityToken } = await session(sandbox);
      const fields = { access_key_id: AccessKeyId, access_key_secret: AccessKeySecret, sts_token: SecurityToken };
      return profile(home, { mode: 'StsToken', ...fields });
    },
  },
  { name: 'profile: RamRoleArn', arn: `${READER}laptop`, prepare: (home) => profile(home, { mode: 'RamRoleArn', ...ROLE_OF_ALICE }) },
  {
    name: 'profile: ChainableRamRoleArn',
    arn: `${READER}chained`,
    prepare: (home) => profile(home, CHAINED, { name: 'base', mode: 'AK', ...key('alice') }),
  },
  {
    name: 'profile: EcsRamRole',
    arn: INSTANCE,
    metadata: true,
    prepare: (home) => profile(home, { mode: 'EcsRamRole', ram_role_name: 'sandbox-ecs-role' }),
  },
  {
    name: 'profile: RamRoleArnWithRoleName',
    arn: `${READER}laptop`,
    metadata: true,
    sdkLacks: { arn: INSTANCE, reason: 'not supported: it goes on to the next source, the instance role' },
    prepare: (home) =>
      profile(home, {
        mode: 'RamRoleArnWithRoleName',
        ram_role_name: 'sandbox-ecs-role',
        ram_role_arn: ROLE,
        ram_session_name: 'laptop',
      }),
  },
  {
    name: 'profile: OIDC',
    arn: `${READER}pod`,
    prepare: async (home, sandbox) =>
      profile(home, {
        mode: 'OIDC',
        oidc_provider_arn: PROVIDER,
        oidc_token_file: await tokenFile(home, sandbox),
        ram_role_arn: ROLE,
        ram_session_name: 'pod',
      }),
  },
  {
    name: 'profile: External',
    arn: ALICE,
    prepare: (home) => profile(home, { mode: 'External', process_command: `${printKey(home)} --json` }),
  },
  {
    name: 'profile: CredentialsURI',
    arn: SESSION,
    sdkLacks: NO_MODE,
    prepare: (home, sandbox) =>
      profile(home, { mode: 'CredentialsURI', credentials_uri: `${sandbox.cloud}/credentials-uri` }),
  },
  {
    name: 'profile: CloudSSO',
    arn: SESSION,
    sdkLacks: { error: /from CloudSSO failed/, reason: 'this version asks CloudSSO with an empty body' },
    prepare: (home, sandbox) =>
      profile(home, {
        mode: 'CloudSSO',
        cloud_sso_sign_in_url: `${sandbox.cloud}/login`,
        cloud_sso_account_id: '1000000000000001',
        cloud_sso_access_config: 'ac-fake',
        access_token: 'sandbox-cloudsso-token',
        cloud_sso_access_token_expire: LATER,
      }),
  },
  {
    name: 'profile: OAuth',
    arn: ACCOUNT,
    prepare: (home) =>
      profile(home, {
        mode: 'OAuth',
        oauth_site_type: 'CN',
        oauth_access_token: 'sandbox-oauth-token',
        oauth_refresh_token: 'sandbox-refresh-token',
        oauth_access_token_expire: LATER,
      }),
  },
  { name: 'INI: access_key', arn: ALICE, prepare: (home) => ini(home, ['type = access_key', ...iniKey('alice')]) },
  {
    name: 'INI: ram_role_arn',
    arn: `${READER}ini`,
    prepare: (home) =>
      ini(home, ['type = ram_role_arn', ...iniKey('alice'), `role_arn = ${ROLE}`, 'role_session_name = ini']),
  },
  {
    name: 'INI: ecs_ram_role',
    arn: INSTANCE,
    metadata: true,
    prepare: (home) => ini(home, ['type = ecs_ram_role', 'role_name = sandbox-ecs-role']),
  },
  { name: 'instance role', arn: INSTANCE, metadata: true, prepare: () => ({}) },
  {
    name: 'credentials URI',
    arn: SESSION,
    prepare: (home, sandbox) => ({ ALIBABA_CLOUD_CREDENTIALS_URI: `${sandbox.cloud}/credentials-uri` }),
  },
  {
    name: 'order: environment before profile',
    arn: BOB,
    prepare: (home) => ({ ...profile(home, { mode: 'AK', ...key('alice') }), ...keyVariables('bob') }),
  },
  {
    name: 'order: environment before RRSA',
    arn: BOB,
    prepare: async (home, sandbox) => ({ ...(await rrsa(home, sandbox)), ...keyVariables('bob') }),
  },
  {
    name: 'order: RRSA before profile',
    arn: `${READER}pod`,
    prepare: async (home, sandbox) => ({
      ...profile(home, { mode: 'AK', ...key('alice') }),
      ...(await rrsa(home, sandbox)),
    }),
  },
  {
    name: 'order: profile before INI',
    arn: BOB,
    prepare: (home) => ({
      ...ini(home, ['type = access_key', ...iniKey('alice')]),
      ...profile(home, { mode: 'AK', ...key('bob') }),
    }),
  },
];
