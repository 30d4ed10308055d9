/**
 * The arrows: which room may import which, and which names and modules a room may mention. One table; the checker that
 * reads it is check-direction.ts. Allow, do not deny: what is not named here is refused.
 */

/** Names by which code dials. They are refused as names, not as calls, so that an alias does not hide one. */
export const diallingNames = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'connect', 'createConnection'];
/** Names by which code listens. */
export const listeningNames = ['listen', 'createServer', 'createSecureServer'];
/** Ways around a check of names; refused everywhere but in tests and tools. */
export const escapeNames = ['eval', 'createRequire', 'getBuiltinModule', 'execve', 'globalThis'];
/** Modules that bring sockets, and the only values that a tier may take from them, by name. */
const harmlessNames = ['isIP', 'isIPv4', 'isIPv6', 'createSecureContext', 'getCACertificates'];
export const socketModules = ['net', 'tls', 'http', 'https', 'http2', 'dgram'];
export const socketNames: Readonly<Record<'dial' | 'listen', readonly string[]>> = {
  dial: [...harmlessNames, 'connect', 'request'],
  listen: [...harmlessNames, 'createServer'],
};
/** Names by which chance is drawn; refused in `pure/` also where the platform's cryptography may be used. */
export const chanceNames = [
  'randomBytes',
  'randomUUID',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'generateKey',
  'generateKeySync',
  'generateKeyPair',
  'generateKeyPairSync',
  'webcrypto',
];
/** Free names that bring a clock, chance or the environment; refused in `pure/`, where they are arguments. */
export const impureNames = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'process',
  'crypto',
  'navigator',
  'Temporal',
  'console',
  'globalThis',
  'require',
];

const filesAndStreams = ['buffer', 'crypto', 'events', 'stream', 'stream/promises', 'util', 'zlib', 'timers/promises'];
const disk = ['fs', 'fs/promises', 'os', 'path', 'readline', 'url'];
const sockets = ['net', 'tls', 'dns', 'dns/promises', 'diagnostics_channel', 'async_hooks'];

export interface Room {
  readonly folder: string;
  /** Rooms of this repository, by package name; `*` inside a name stands for any. */
  readonly rooms: readonly string[];
  /** Modules of Node, without `node:`. */
  readonly node: readonly string[];
  /** Packages of others. */
  readonly packages: readonly string[];
  /** `connect` is the word of the database's driver; `guard` may take socket modules whole, to close them. */
  readonly may: readonly ('dial' | 'connect' | 'listen' | 'guard' | 'escape' | 'clock')[];
}

const pureRooms = [
  'x509',
  'tls-policy',
  'addresses',
  'terms',
  'work-sync',
  'console-api',
  'lifecycle',
  'diagnosis',
  'enforcer-kit',
  'key-files',
].map((name) => `@sallyport/${name}`);
const outboundRooms = [
  'tls-dialer',
  'jira-client',
  'probes',
  'no-listening',
  'sandbox-control',
  'revocation-fetch',
].map((name) => `@sallyport/${name}`);
const inboundRooms = ['http-api', 'no-dialling'].map((name) => `@sallyport/${name}`);
const store = '@sallyport/store';
/** The table of the sandbox's faults alone, without the schemas beside it. */
const sandboxFaults = '@sallyport/console-api/sandbox-faults';
/** The arithmetic of cohorts alone: the form shows by it what the connectors move. */
const cohorts = '@sallyport/lifecycle/cohorts';

/** First match wins: a more special folder stands above the folder that holds it. */
export const rooms: readonly Room[] = [
  // Signatures are the one place in the validator that needs the platform; the seam is a function.
  { folder: 'pure/x509/src/signature/', rooms: [], node: ['crypto'], packages: [], may: [] },
  { folder: 'pure/x509/', rooms: [], node: [], packages: [], may: [] },
  // Files under a password are opened by the platform's ciphers.
  { folder: 'pure/key-files/', rooms: pureRooms, node: ['crypto'], packages: [], may: [] },
  // The hash of the terms is part of their meaning.
  { folder: 'pure/terms/', rooms: pureRooms, node: ['crypto'], packages: [], may: [] },
  { folder: 'pure/console-api/', rooms: pureRooms, node: [], packages: ['zod'], may: [] },
  { folder: 'pure/', rooms: pureRooms, node: [], packages: [], may: [] },
  // The guards name what they refuse.
  {
    folder: 'outbound/no-listening/',
    rooms: [],
    node: ['net', 'dgram'],
    packages: [],
    may: ['listen', 'guard', 'clock'],
  },
  { folder: 'inbound/no-dialling/', rooms: [], node: ['net', 'dgram'], packages: [], may: ['dial', 'guard', 'clock'] },
  // Plain HTTP to this machine's loopback, for the sandbox's faults only.
  { folder: 'outbound/sandbox-control/', rooms: [sandboxFaults], node: ['http'], packages: [], may: ['dial', 'clock'] },
  // Keeps what it fetches in a folder.
  {
    folder: 'outbound/revocation-fetch/',
    rooms: [...pureRooms, '@sallyport/tls-dialer'],
    node: [...filesAndStreams, ...sockets, ...disk],
    packages: ['undici'],
    may: ['dial', 'clock'],
  },
  {
    folder: 'outbound/',
    rooms: [...pureRooms, ...outboundRooms],
    node: [...filesAndStreams, ...sockets],
    packages: ['undici'],
    may: ['dial', 'clock'],
  },
  {
    folder: 'inbound/',
    rooms: [...pureRooms, ...inboundRooms, store],
    node: [...filesAndStreams, ...disk, 'net', 'tls', 'http', 'https'],
    packages: ['fastify', '@fastify/*', 'fastify-type-provider-zod', 'zod', 'prom-client', 'pino', '@node-rs/argon2'],
    may: ['listen', 'clock'],
  },
  {
    // SQL and its driver: the one connection that every tier has. The driver itself calls it `connect`.
    folder: 'store/',
    rooms: [...pureRooms, store],
    node: [...filesAndStreams, ...disk],
    packages: ['pg', 'pg-protocol', 'kysely', 'graphile-worker', '@hpke/*'],
    may: ['connect', 'clock'],
  },
  {
    folder: 'programs/web/',
    rooms: [...pureRooms, ...inboundRooms, store],
    node: [...filesAndStreams, ...disk],
    packages: ['pino'],
    may: ['clock'],
  },
  {
    folder: 'programs/connector/',
    rooms: [...pureRooms, ...outboundRooms, store, `${store}/open-sealed`, sandboxFaults],
    node: [...filesAndStreams, ...disk, 'v8'],
    packages: ['pino', 'graphile-worker'],
    may: ['clock'],
  },
  {
    folder: 'programs/cli/',
    rooms: [...pureRooms, ...outboundRooms],
    node: [...filesAndStreams, ...disk],
    packages: [],
    may: ['clock'],
  },
  {
    // Starts PostgreSQL as a child process and looks for its platform package.
    folder: 'programs/database/',
    rooms: [...pureRooms, store],
    node: [...filesAndStreams, ...disk, 'child_process', 'module'],
    packages: ['pino'],
    may: ['clock', 'escape'],
  },
  {
    folder: 'programs/all-in-one/',
    rooms: [],
    node: [...filesAndStreams, ...disk, 'child_process'],
    packages: [],
    may: ['clock'],
  },
  {
    folder: 'console/src/api/',
    rooms: ['@sallyport/console-api'],
    node: [],
    packages: ['react', '@tanstack/react-query'],
    may: ['dial', 'clock'],
  },
  {
    folder: 'console/',
    rooms: ['@sallyport/console-api', cohorts],
    node: [],
    packages: [
      'react',
      'react-dom',
      'react-router',
      '@mantine/*',
      '@tabler/icons-react',
      '@tanstack/react-query',
      'vite',
      '@vitejs/plugin-react',
    ],
    may: ['clock'],
  },
];
