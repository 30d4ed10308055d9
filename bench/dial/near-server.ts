/** A near server of CRLs, in a process of its own so that it does not share the measured one: `node near-server.ts FOLDER`. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';

const folder = process.argv[2] ?? '.';
const server = createServer((request, response) => {
  const bytes = readFileSync(join(folder, basename(request.url ?? '')));
  response.writeHead(200, { 'content-type': 'application/pkix-crl', 'content-length': bytes.length });
  response.end(bytes);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
