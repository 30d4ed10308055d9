/** The questions and orders that the control port understands. */
import { revocableNames, type RevocationService } from '../demo-pki/revocation-service.ts';
import type { IssueStore } from '../simulated-jira/issues/issue-store.ts';
import type { SimulatedJira } from '../simulated-jira/jira.ts';
import type { Ledger } from '../simulated-jira/ledger.ts';
import type { LivingChanges } from '../simulated-jira/living-changes.ts';
import type { Sample } from '../simulated-jira/samples.ts';
import { generousRateLimit } from '../simulated-jira/rate-limit.ts';
import { mostLatencyMilliseconds } from '../simulated-jira/faults.ts';
import type { ControlAnswer, ControlRoute } from './control-server.ts';
import { allFaults, isFault, type Fault } from './faults.ts';

export interface ControlledSandbox {
  readonly jira: SimulatedJira;
  readonly store: IssueStore;
  readonly ledger: Ledger;
  readonly changes: LivingChanges;
  readonly revocation: RevocationService;
  readonly samples: readonly Sample[];
  readonly status: () => Record<string, unknown>;
  readonly setFault: (fault: Fault, on: boolean) => void;
}

const mostChanges = 100_000;

export function controlRoutes(sandbox: ControlledSandbox): Readonly<Record<string, ControlRoute>> {
  const { jira, store, ledger, changes, revocation, samples } = sandbox;
  return {
    'GET /status': () => ok(sandbox.status()),
    'GET /ledger': (parameters) => ok(ledger.read(Number(parameters.get('since') ?? 0))),
    // Numeric id → `updated` as epoch milliseconds, of every issue that there is now.
    'GET /issues/digest': () => ok(Object.fromEntries([...store.all()].map(({ id, updated }) => [id, updated]))),
    'GET /samples': () => ok(samples.map(({ name, issues }) => ({ name, issues: issues.length }))),
    'POST /faults': (_parameters, { fault, on }) => {
      if (typeof fault !== 'string' || !isFault(fault) || typeof on !== 'boolean')
        return wrong(`fault must be one of ${allFaults.join(', ')}; on must be true or false`);
      sandbox.setFault(fault, on);
      return ok(sandbox.status());
    },
    'POST /change': (_parameters, { count = 1, kind = 'changed' }) => {
      if (!isCount(count) || (kind !== 'changed' && kind !== 'created' && kind !== 'deleted'))
        return wrong('count must be a whole number; kind changed, created or deleted');
      const issues = changes.make(kind, count, Date.now());
      return ok({ changed: issues.map(({ id, key, updated }) => ({ id, key, updated })) });
    },
    'POST /sample': (_parameters, { name }) => {
      const sample = samples.find((candidate) => candidate.name === name) ?? null;
      if (name !== null && sample === null)
        return wrong(`name must be null or one of: ${samples.map((candidate) => candidate.name).join(', ')}`);
      jira.sample = sample;
      return ok(sandbox.status());
    },
    'POST /rate-limit': (_parameters, { limit, fillRate, intervalSeconds }) => {
      if (limit === null) jira.rateLimiter.set(generousRateLimit);
      else if (isCount(limit) && isCount(fillRate) && isCount(intervalSeconds) && intervalSeconds > 0)
        jira.rateLimiter.set({ limit, fillRate, intervalSeconds });
      else return wrong('limit, fillRate and intervalSeconds must be whole numbers; limit null ends it');
      return ok(sandbox.status());
    },
    'POST /latency': (_parameters, { requestMilliseconds = 0, issueMicroseconds = 0 }) => {
      if (!isCount(requestMilliseconds) || !isCount(issueMicroseconds) || requestMilliseconds > mostLatencyMilliseconds)
        return wrong('requestMilliseconds and issueMicroseconds must be whole numbers');
      jira.latency = { requestMilliseconds, issueMicroseconds };
      return ok(sandbox.status());
    },
    'POST /unlock': () => {
      jira.unlockBasic();
      return ok(sandbox.status());
    },
    'POST /revocations': (_parameters, { certificate, revoked }) => {
      const name = revocableNames.find((candidate) => candidate === certificate);
      if (name === undefined || typeof revoked !== 'boolean')
        return wrong(`certificate must be one of ${revocableNames.join(', ')}; revoked must be true or false`);
      revocation.setRevoked(name, revoked, Date.now());
      return ok(sandbox.status());
    },
  };
}

function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}

function wrong(error: string): ControlAnswer {
  return { status: 400, body: { error } };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostChanges;
}
