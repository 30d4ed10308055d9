/** Public surface: one run of the doctor's probes. */
export { fetchSmallFile } from './fetch-small-file.ts';
export type { SmallFile } from './fetch-small-file.ts';
export { emptyObservations, runDoctor } from './run-doctor.ts';
export type { DoctorRun } from './run-doctor.ts';
export type { DoctorOptions, ProbeRun } from './probe.ts';
export { throwAwayName } from './throw-away-certificate.ts';
