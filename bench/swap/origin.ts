/** What stands behind the enforcer in the bench of swaps: answers as Jira does, each after the same time. A process of its own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds: with 500 requests a second, forty are under way at any moment. */
const thinkMilliseconds = 80;

const server = createServer((_request, response) => {
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-ausername': 'svc-align' }).end('[]');
  }, thinkMilliseconds);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ port: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
