/** The far side as one thing: demo CA, enforcing proxy, simulated Jira and control port, wired together and published. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { establishAccounts, type SandboxAccounts } from './accounts.ts';
import type { SandboxConfiguration } from './configuration.ts';
import { ControlServer } from './control/control-server.ts';
import { allFaults, isJiraFault, isSourceFault, type EnforcerFault, type Fault } from './control/faults.ts';
import { controlRoutes } from './control/routes.ts';
import type { Identity } from './demo-pki/certificate.ts';
import {
  allClients,
  establishAuthority,
  issueServer,
  type DemoAuthority,
  type KeptAuthority,
} from './demo-pki/demo-authority.ts';
import type { SourceFault } from './demo-pki/faulty-answer.ts';
import { RevocationService } from './demo-pki/revocation-service.ts';
import { enforcerSettings, serverIdentities, shownCertificateFault } from './enforcing-proxy/enforcer-settings.ts';
import { EnforcingProxy } from './enforcing-proxy/proxy.ts';
import { PrivateFolder } from './private-files.ts';
import { publish, type PublishedSandbox } from './published-sandbox.ts';
import { generateIssues } from './simulated-jira/issues/generate-issues.ts';
import { IssueStore } from './simulated-jira/issues/issue-store.ts';
import { SimulatedJira } from './simulated-jira/jira.ts';
import { Ledger } from './simulated-jira/ledger.ts';
import { LivingChanges } from './simulated-jira/living-changes.ts';
import { readSamples } from './simulated-jira/samples.ts';

export interface Sandbox {
  /** What stands in `sandbox.json`. */
  readonly published: PublishedSandbox;
  setFault(fault: Fault, on: boolean): void;
  /** A certificate of the demo CA for another server of a test; `chainPem` is what that server sends. */
  issueServer(dnsNames: readonly [string, ...string[]], key: 'rsa' | 'ecdsa'): Promise<Identity>;
  stop(): Promise<void>;
}

const contextPath = '/jira';

/** Starts everything on 127.0.0.1 and writes `sandbox.json`. Rejects with the system's error where a port is taken. */
export async function startSandbox(configuration: SandboxConfiguration): Promise<Sandbox> {
  const folder = new PrivateFolder(configuration.dataDirectory);
  const accounts = establishAccounts(folder, Date.now());
  const control = new ControlServer();
  const kept = readAuthority(folder);
  const controlPort = await listenAgain(control, configuration.controlPort, kept);
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const authority = await establishAuthority(kept, controlUrl, Date.now());
  if (authority !== kept) folder.write('pki.json', JSON.stringify(authority));
  const revocation = new RevocationService(authority, Date.now());
  const { jira, store, ledger, changes } = createJira(configuration, folder, accounts);
  const proxy = new EnforcingProxy({
    settings: enforcerSettings(authority, new Set(), serverIdentities(authority, null, Date.now())),
    isRevoked: (serial) => revocation.isRevoked(serial),
    contextPath,
    forward: (request, response, clientSubject) => {
      jira.respond(request, response, clientSubject).catch(() => response.destroy());
    },
  });
  const proxyPort = await proxy.listen(configuration.proxyPort).catch(async (error: unknown) => {
    await control.close();
    throw error;
  });
  const baseUrl = `https://localhost:${proxyPort}${contextPath}`;
  jira.baseUrl = baseUrl;
  const { setFault, faultsOn } = faultSwitches(authority, proxy, revocation, jira);
  const status = (): Record<string, unknown> => ({ sandbox: true, baseUrl, ...jira.state, faults: faultsOn() });
  const samples = readSamples(configuration.samplesFolder);
  control.open(revocation, controlRoutes({ jira, store, ledger, changes, revocation, samples, status, setFault }));
  const timer = startLiving(changes, configuration.changesPerMinute);
  const published = publish(folder, authority, accounts, baseUrl, controlUrl);
  return {
    published,
    setFault,
    issueServer: (dnsNames, key) => issueServer(authority, dnsNames, key, Date.now()),
    stop: async () => {
      clearInterval(timer);
      await Promise.all([proxy.close(), control.close()]);
    },
  };
}

function createJira(
  configuration: SandboxConfiguration,
  folder: PrivateFolder,
  accounts: SandboxAccounts,
): { jira: SimulatedJira; store: IssueStore; ledger: Ledger; changes: LivingChanges } {
  const { issueCount, seed, indexLagMilliseconds } = configuration;
  const recipe = { issueCount, seed };
  const journalPath = join(folder.path, 'changes.log');
  // The journal continues one set of issues only.
  if (JSON.stringify(folder.readJson('issues.json')) !== JSON.stringify(recipe)) {
    rmSync(journalPath, { force: true });
    folder.write('issues.json', JSON.stringify(recipe));
  }
  const store = new IssueStore(generateIssues(issueCount, seed, accounts.issuesBase));
  const ledger = new Ledger();
  const changes = new LivingChanges(store, ledger, { seed, journalPath, indexLagMilliseconds });
  const { personalAccessToken, basicPassword } = accounts;
  const jira = new SimulatedJira({
    contextPath,
    store,
    ledger,
    personalAccessToken,
    basicPassword,
    now: () => Date.now(),
  });
  return { jira, store, ledger, changes };
}

/**
 * The port stands in every certificate, so a free one is kept from start to start while nobody else has taken it; otherwise
 * the certificates would have to be issued anew.
 */
async function listenAgain(control: ControlServer, port: number, kept: KeptAuthority | null): Promise<number> {
  if (port !== 0 || kept === null) return control.listen(port);
  const last = Number(new URL(kept.pointerUrl).port);
  return control.listen(last).catch(() => control.listen(0));
}

/** One switch for each fault: some change the enforcer, some the sources of revocation data, some Jira. */
function faultSwitches(
  authority: DemoAuthority,
  proxy: EnforcingProxy,
  revocation: RevocationService,
  jira: SimulatedJira,
): { setFault: (fault: Fault, on: boolean) => void; faultsOn: () => readonly Fault[] } {
  const faults = new Set<EnforcerFault>();
  const sourceFaults = new Set<SourceFault>();
  let listed: readonly Identity[] = [];
  const setEnforcerFault = (fault: EnforcerFault, on: boolean): void => {
    if (faults.has(fault) === on) return;
    change(faults, fault, on);
    const now = Date.now();
    if (fault === 'client-revoked') revocation.setListed(allClients(authority), on, now);
    const shown = shownCertificateFault(faults);
    const server = serverIdentities(authority, shown, now);
    revocation.setListed(listed, false, now);
    listed = shown === 'revoked-by-crl' || shown === 'revoked-by-ocsp' ? server : [];
    revocation.setListed(listed, true, now);
    proxy.setSettings(enforcerSettings(authority, faults, server));
  };
  return {
    setFault: (fault, on) => {
      if (isJiraFault(fault)) change(jira.faults, fault, on);
      else if (isSourceFault(fault)) {
        change(sourceFaults, fault, on);
        // One thing is wrong with an answer at a time: the fault that was switched on first.
        revocation.fault = [...sourceFaults][0] ?? null;
      } else setEnforcerFault(fault, on);
    },
    faultsOn: () => {
      const on: ReadonlySet<string> = new Set([...faults, ...sourceFaults, ...jira.faults]);
      return allFaults.filter((fault) => on.has(fault));
    },
  };
}

function change<Member>(set: Set<Member>, member: Member, on: boolean): void {
  if (on) set.add(member);
  else set.delete(member);
}

function startLiving(changes: LivingChanges, perMinute: number): NodeJS.Timeout | undefined {
  if (perMinute === 0) return undefined;
  // Many changes a minute come in small groups, ten times a second at most.
  const interval = Math.max(100, 60_000 / perMinute);
  let owed = 0;
  const timer = setInterval(() => {
    owed += (perMinute * interval) / 60_000;
    const count = Math.floor(owed);
    owed -= count;
    if (count > 0) changes.make('changed', count, Date.now());
  }, interval);
  return timer.unref();
}

function readAuthority(folder: PrivateFolder): KeptAuthority | null {
  const value = folder.readJson('pki.json');
  const isOurs = typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
  // The file is ours alone (0600); its version says its shape.
  return isOurs ? (value as KeptAuthority) : null;
}
