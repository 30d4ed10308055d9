export type * from './observations.ts';
