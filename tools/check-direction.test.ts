import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { directionViolations } from './check-direction.ts';

/** Planted violations: each must be caught. */
const planted: readonly (readonly [sentence: string, path: string, source: string])[] = [
  [
    'the web tier imports an outbound room',
    'inbound/http-api/src/a.ts',
    "import { dial } from '@sallyport/tls-dialer';",
  ],
  ['a connector imports an inbound room', 'programs/connector/src/a.ts', "import { api } from '@sallyport/http-api';"],
  [
    'the web tier can open what is sealed',
    'programs/web/src/a.ts',
    "import { open } from '@sallyport/store/open-sealed';",
  ],
  ['inbound code mentions fetch', 'inbound/http-api/src/a.ts', "await fetch('https://a.example');"],
  ['fetch hides behind globalThis', 'inbound/http-api/src/a.ts', 'const call = globalThis.fetch;'],
  ['a global is read by a computed name', 'inbound/http-api/src/a.ts', "globalThis['fe' + 'tch'];"],
  ['connect is taken by an alias', 'inbound/http-api/src/a.ts', "import { connect as join } from 'node:net';"],
  [
    'connect is taken by destructuring',
    'inbound/http-api/src/a.ts',
    "import net from 'node:net'; const { connect } = net;",
  ],
  ['connect is taken by a string', 'inbound/http-api/src/a.ts', "import net from 'node:net'; net['connect']();"],
  ['a module is imported while running', 'inbound/http-api/src/a.ts', "const { connect } = await import('node:net');"],
  ['a module is named at run time', 'inbound/http-api/src/a.ts', 'await import(name);'],
  ['an outbound room listens', 'outbound/jira-client/src/a.ts', "import { createServer } from 'node:net';"],
  ['a connector listens through a member', 'programs/connector/src/a.ts', 'server.listen(80);'],
  ['a connector imports sockets', 'programs/connector/src/a.ts', "import net from 'node:net';"],
  ['SQL is spoken outside the store', 'inbound/http-api/src/a.ts', "import pg from 'pg';"],
  ['pure code reads the clock', 'pure/terms/src/a.ts', 'export const now = () => Date.now();'],
  ['pure code makes a date of now', 'pure/terms/src/a.ts', 'export const now = new Date();'],
  ['pure code draws by chance', 'pure/terms/src/a.ts', 'Math.random();'],
  ['pure code reads the environment', 'pure/terms/src/a.ts', 'process.env.HOME;'],
  ['pure code waits', 'pure/terms/src/a.ts', 'setTimeout(() => {}, 1);'],
  ['pure code reads the disk', 'pure/terms/src/a.ts', "import { readFileSync } from 'node:fs';"],
  ['the validator takes a dependency', 'pure/x509/src/a.ts', "import pkijs from 'pkijs';"],
  ['the validator uses crypto away from signatures', 'pure/x509/src/a.ts', "import { verify } from 'node:crypto';"],
  [
    'a room re-exports what it may not import',
    'inbound/http-api/src/a.ts',
    "export { dial } from '@sallyport/tls-dialer';",
  ],
  ['a file walks past its package', 'inbound/http-api/src/a.ts', "import { db } from '../../../store/src/index.ts';"],
  ['a way around: createRequire', 'inbound/http-api/src/a.ts', "import { createRequire } from 'node:module';"],
  ['a way around: eval', 'inbound/http-api/src/a.ts', "eval('1');"],
  ['a way around: new Function', 'inbound/http-api/src/a.ts', "new Function('return 1')();"],
  ['the console calls beside its api folder', 'console/src/scenes/a.tsx', "fetch('/api/v1/session');"],
  ['the store mentions fetch', 'store/src/a.ts', "await fetch('https://a.example');"],
  ['the clock is taken by destructuring', 'pure/terms/src/a.ts', 'const { now } = Date;'],
  ['the clock is read by a computed name', 'pure/terms/src/a.ts', "Date['now']();"],
  ['the clock is read by an alias', 'pure/terms/src/a.ts', 'const D = Date; new D();'],
  ['chance is taken by destructuring', 'pure/terms/src/a.ts', 'const { random } = Math;'],
  ['chance is drawn by an alias', 'pure/terms/src/a.ts', 'const M = Math; M.random();'],
  ['signatures draw random bytes', 'pure/x509/src/signature/a.ts', "import { randomBytes } from 'node:crypto';"],
  [
    'signatures make keys',
    'pure/x509/src/signature/a.ts',
    "import * as c from 'node:crypto'; c.generateKeyPairSync('ed25519');",
  ],
  ['the web tier takes a request', 'inbound/http-api/src/a.ts', "import { get } from 'node:https';"],
  [
    'the web tier takes a socket module whole',
    'inbound/http-api/src/a.ts',
    "import https from 'node:https'; https.get('https://a.example');",
  ],
  ['the web tier takes a socket', 'inbound/http-api/src/a.ts', "import { Socket } from 'node:net';"],
  ['a global is reached by reflection', 'inbound/http-api/src/a.ts', 'Reflect.get(globalThis, name);'],
  ['code is made by a call', 'inbound/http-api/src/a.ts', "Function('return 1')();"],
  ['an outbound room takes a server', 'outbound/tls-dialer/src/a.ts', "import { Server } from 'node:tls';"],
  [
    'an outbound room takes a socket module whole',
    'outbound/tls-dialer/src/a.ts',
    "import net from 'node:net'; new net.Server();",
  ],
  [
    'a socket module is imported at run time',
    'inbound/http-api/src/a.ts',
    "(await import('node:https')).get('https://a.example');",
  ],
  ['a socket module is handed on whole', 'inbound/http-api/src/a.ts', "export * from 'node:net';"],
  ['a socket is handed on by name', 'inbound/http-api/src/a.ts', "export { Socket as Plug } from 'node:net';"],
  [
    'an outbound room takes a server at run time',
    'outbound/tls-dialer/src/a.ts',
    "const { Server } = await import('node:net'); new Server();",
  ],
  ['a file stands in no room', 'outside/a.ts', 'export {};'],
];

describe('the direction check', () => {
  for (const [sentence, path, source] of planted) {
    it(`catches that ${sentence}`, () => assert.notDeepEqual(directionViolations(path, source), []));
  }

  for (const [sentence, path, source] of [
    ['an outbound room dials', 'outbound/tls-dialer/src/a.ts', "import { connect } from 'node:tls'; connect(443);"],
    ['an inbound room listens', 'inbound/http-api/src/a.ts', 'await app.listen({ port: 8443 });'],
    ['the web tier names a socket type', 'programs/web/src/a.ts', "import type { Socket } from 'node:net';"],
    [
      'pure code takes the instant as an argument',
      'pure/terms/src/a.ts',
      'export const late = (at: number) => new Date(at);',
    ],
    [
      'a member happens to be called process',
      'pure/terms/src/a.ts',
      'export const f = (o: { process: number }) => o.process;',
    ],
  ] as const) {
    it(`allows that ${sentence}`, () => assert.deepEqual(directionViolations(path, source), []));
  }
});
