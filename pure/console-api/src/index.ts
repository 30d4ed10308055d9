/** Request and response schemas that the web tier answers by and the console reads: one source, also of openapi.json. */
export * from './problem.ts';
export * from './instant.ts';
export * from './checks.ts';
export * from './handshakes.ts';
export * from './terms.ts';
export * from './progress.ts';
export * from './revocation.ts';
export * from './connections.ts';
export * from './client-certificates.ts';
export * from './connectors.ts';
export * from './customers.ts';
export * from './issues.ts';
export * from './session.ts';
export * from './sandbox.ts';
export * from './sandbox-faults.ts';
export * from './audit.ts';
