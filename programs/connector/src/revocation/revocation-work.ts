/** The repeated work on revocation: what is due is asked, what changed is judged again, and the database is told. */
import { forgetUnusedSources, housekeepingScope, takeLease } from '@sallyport/store';
import type { Connector } from '../connector.ts';
import { errorFields } from '../log.ts';
import { repeat, type Repetition } from '../repeat.ts';
import { judgeOwnCertificates } from './own-certificates.ts';
import { PushedCrls } from './pushed-crls.ts';
import { RevokedWatch } from './revoked-watch.ts';
import { SourceMirror } from './source-mirror.ts';
import { askDueSources } from './source-plan.ts';
import { fetchWebStaples } from './web-staple-job.ts';

const planMilliseconds = 3_000;
const watchMilliseconds = 5_000;
const softeningMilliseconds = 5_000;
const ownMilliseconds = 15_000;
const stapleMilliseconds = 5_000;
const forgetMilliseconds = 24 * 3_600_000;
/** Longer than a turn takes in the usual case; a turn that takes longer lets another connector of this host begin one beside it. */
const leaseSeconds = 30;

export interface RevocationWork {
  stop(): Promise<void>;
}

export function workOnRevocation(connector: Connector): RevocationWork {
  const { store, connectorId, revocation, log } = connector;
  const mirror = new SourceMirror(store, revocation.host, revocation.folder);
  const pushed = new PushedCrls(connector);
  const watch = new RevokedWatch(connector, new Date());
  let plans = false;
  const told = (event: string) => (error: unknown) => log.warn({ event, ...errorFields(error) });
  /** One connector of a host does what is enough once; the others take over when it is silent. */
  const planning = async (work: () => Promise<void>): Promise<void> => {
    const name = `revocation:${revocation.host}`;
    plans = (await takeLease(store, { name, holder: connectorId, seconds: leaseSeconds })) !== null;
    if (plans) await work();
  };
  const repetitions: Repetition[] = [
    repeat(softeningMilliseconds, () => revocation.readSoftenings(), told('revocation.softenings-not-read')),
    repeat(
      planMilliseconds,
      () =>
        planning(async () => {
          await pushed.take();
          await askDueSources(connector, mirror);
        }),
      told('revocation.plan-failed'),
    ),
    repeat(watchMilliseconds, () => watch.look(plans), told('revocation.watch-failed')),
    repeat(ownMilliseconds, () => planning(() => judgeOwnCertificates(connector)), told('revocation.own-not-judged')),
    repeat(stapleMilliseconds, () => planning(() => fetchWebStaples(connector)), told('web-staple.failed')),
    repeat(
      forgetMilliseconds,
      () => forgetUnusedSources(store, housekeepingScope(`connector:${connectorId}`), revocation.host),
      told('revocation.not-forgotten'),
    ),
  ];
  return { stop: async () => void (await Promise.all(repetitions.map((repetition) => repetition.stop()))) };
}
