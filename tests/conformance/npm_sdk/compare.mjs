// Runs each case of cases.mjs through the SDK and through credential_provider, each in a home of its own that
// was prepared alike, and prints a row per case. Arguments: the program, the sandbox's folder, the SDK's folder.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from './cases.mjs';

const [, , program, worldFolder, sdkFolder] = process.argv;
const sandboxFile = join(worldFolder, 'sandbox.json');
const sandbox = JSON.parse(readFileSync(sandboxFile, 'utf8'));
const sdkProgram = join(dirname(fileURLToPath(import.meta.url)), 'sdk_whoami.mjs');

function run(command, args, env) {
  const result = spawnSync(command, args, { env, encoding: 'utf8', timeout: 30000 });
  try {
    return JSON.parse(result.stdout);
  } catch {
    return { error: result.stderr || `status ${result.status}` };
  }
}

// Prepares `test` in the folder `home` and returns the whole environment of a program that runs in it.
async function prepare(test, home) {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const base = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    NODE_EXTRA_CA_CERTS: sandbox.ca_file,
    ALIBABA_CLOUD_STS_ENDPOINT: sandbox.cloud,
    ALIBABA_CLOUD_IMDS_ENDPOINT: sandbox.cloud,
    CREDENTIAL_PROVIDER_OAUTH_ENDPOINT: sandbox.cloud,
  };
  if (!test.metadata) base.ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true';
  return { ...base, ...(await test.prepare(home, sandbox)) };
}

// A case passes when both were accepted as the expected caller, or both were refused where that is expected.
// It is skipped only when the SDK did the very thing that the case foresees and we did what is right.
function judge(test, sdk, ours) {
  if (test.refused) return sdk.error?.includes(test.refused) && ours.error?.includes(test.refused) ? 'yes' : 'NO';
  if (!ours.arn?.startsWith(test.arn)) return 'NO';
  const { error, arn } = test.sdkLacks ?? {};
  if ((error && sdk.error && error.test(sdk.error)) || (arn && sdk.arn?.startsWith(arn))) return 'skipped';
  return sdk.arn === ours.arn ? 'yes' : 'NO';
}

function describe(answer, test, verdict, isSdk) {
  if (isSdk && verdict === 'skipped') return `SDK: ${test.sdkLacks.reason}`;
  if (test.refused && verdict === 'yes') return `refused: ${test.refused}`;
  return answer.arn ?? `error: ${answer.error.replace(/\s+/g, ' ').trim().slice(0, 300)}`;
}

const counts = { yes: 0, NO: 0, skipped: 0 };
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
row('case', 'SDK', 'credential_provider', 'same?');
row('---', '---', '---', '---');
for (const test of cases) {
  const homes = join(worldFolder, 'homes', test.name.replace(/\W+/g, '_'));
  const sdkEnv = await prepare(test, join(homes, 'sdk'));
  const sdk = run(process.execPath, [sdkProgram, sandboxFile, sdkFolder], sdkEnv);
  const ours = run(program, ['whoami', '--output', 'json'], await prepare(test, join(homes, 'ours')));
  const verdict = judge(test, sdk, ours);
  counts[verdict]++;
  row(test.name, describe(sdk, test, verdict, true), describe(ours, test, verdict, false), verdict);
}
console.log('Precedence: like the SDK, and unlike aliyun, we take the environment before the profile.');
console.log(`${counts.yes} passed, ${counts.NO} failed, ${counts.skipped} skipped`);
process.exitCode = counts.NO === 0 ? 0 : 1;
