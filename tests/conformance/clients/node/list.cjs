// Lists namespaces through @kubernetes/client-node: once, or for each line of the FIFO given, with a new client for the
// line "new". Arguments: the folder with node_modules, the FIFO.
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');
const { createReadStream } = require('node:fs');

const [, , modules, commands] = process.argv;

// Versions before 1.0 wrap the answer in { body }.
async function list(api) {
  try {
    const answer = await api.listNamespace();
    const { items } = answer.body ?? answer;
    console.log(`ok ${items.map((item) => item.metadata.name).join(',')}`);
    return true;
  } catch (error) {
    const code = error.code ?? error.statusCode ?? '';
    console.log(`error ${code} ${String(error.message ?? error).replaceAll('\n', ' ')}`);
    return false;
  }
}

async function main() {
  // A package of ES modules alone cannot be required by every node.
  const path = createRequire(`${modules}/`).resolve('@kubernetes/client-node');
  const k8s = await import(path);
  const { KubeConfig, CoreV1Api } = k8s.KubeConfig ? k8s : k8s.default;
  const connect = () => {
    const config = new KubeConfig();
    config.loadFromDefault();
    return config.makeApiClient(CoreV1Api);
  };
  let api = connect();
  if (!commands) {
    process.exitCode = (await list(api)) ? 0 : 1;
    return;
  }
  for await (const line of createInterface({ input: createReadStream(commands) })) {
    if (line === 'new') api = connect();
    await list(api);
  }
}

main();
