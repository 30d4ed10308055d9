/** The life of a client certificate: swaps, their windows, rollouts. Facts in, the next step out; no clock, no database. */
export * from './intake/index.ts';
export * from './rollout/index.ts';
export * from './swap/index.ts';
export * from './window/index.ts';
