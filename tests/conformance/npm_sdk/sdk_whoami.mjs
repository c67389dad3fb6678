// Prints, as JSON, who the caller is by the official SDK: its default chain of credentials and its own STS
// client, both as they are. The SDK insists on https and on fixed addresses, so its connections to the services
// below are led to the sandbox, as a hosts file would; a connection to any other place is refused.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';

const [, , sandboxFile, modulesFolder] = process.argv;
const sandbox = JSON.parse(readFileSync(sandboxFile, 'utf8'));
const PLAYED = ['sts.aliyuncs.com', 'oauth.aliyun.com', '100.100.100.200'];

// Where a connection to `host` goes: to itself on loopback, else to `origin`, whose certificate is checked.
function destination(host, origin) {
  if (host === '127.0.0.1' || host === 'localhost') return {};
  if (!PLAYED.includes(host)) throw new Error(`a connection to ${host} would leave this machine`);
  return { host: '127.0.0.1', port: Number(new URL(origin).port), servername: 'localhost' };
}

function redirect(agent, origin) {
  const connect = agent.prototype.createConnection;
  agent.prototype.createConnection = function (options, done) {
    return connect.call(this, { ...options, ...destination(options.host, origin) }, done);
  };
}

redirect(http.Agent, sandbox.cloud);
redirect(https.Agent, sandbox.cloud_tls);

const require = createRequire(modulesFolder + '/');
const Credential = require('@alicloud/credentials').default;
const Sts = require('@alicloud/sts20150401').default;
const { $OpenApiUtil } = require('@alicloud/openapi-core');

try {
  const credential = new Credential();
  const { providerName } = await credential.getCredential();
  const client = new Sts(new $OpenApiUtil.Config({ credential, endpoint: 'sts.aliyuncs.com' }));
  const { body } = await client.getCallerIdentity();
  console.log(JSON.stringify({ arn: body.arn, source: providerName }));
} catch (error) {
  console.log(JSON.stringify({ error: String(error.message) }));
}
