/** The sandbox on this machine: connected in one click, its faults switched through a connector. */
import {
  connectionDetail,
  sandbox,
  sandboxFault,
  sandboxFaults,
  switchFault,
  type Sandbox,
} from '@sallyport/console-api';
import {
  askCall,
  insertConnection,
  lastAnsweredCalls,
  listConnections,
  readSetting,
  type Scope,
  type Store,
} from '@sallyport/store';
import { defaultTerms } from '@sallyport/terms';
import { z } from 'zod';
import type { ApiContext, Routes } from '../api-context.ts';
import { ApiProblem } from '../api-problem.ts';
import { failureOf } from '../connections/connection-check.ts';
import { certificateToBind } from '../connections/connection-intake.ts';
import { connectionDetailOf } from '../connections/shown-connection.ts';
import { callerOf } from '../session/caller.ts';

/** What set-up wrote; its token is sealed already. */
const sandboxSetting = z.object({
  customerId: z.uuid(),
  credentialSecretId: z.uuid(),
  baseUrl: z.string(),
  anchorsPem: z.string(),
  projects: z.array(z.string()),
  accountName: z.string().nullable(),
});
type SandboxSetting = z.infer<typeof sandboxSetting>;

const faultStates = z.object({ faults: z.record(z.string(), z.boolean()) });
const contact = { name: 'Sandbox', email: 'sandbox@sandbox.invalid' };
/** Switching is quick; a connector that needs longer is not there. */
const faultTimeoutMilliseconds = 10_000;

export const sandboxRoutes: Routes = (api, context) => {
  const { store } = context;
  api.get('/sandbox', { schema: { response: { 200: sandbox } } }, async (request) =>
    sandboxOf(store, callerOf(request).scope),
  );

  api.post('/sandbox/connection', { schema: { response: { 201: connectionDetail } } }, async (request, reply) => {
    const { scope } = callerOf(request);
    const setting = await presentSandbox(store);
    const connected = await connectionToSandbox(store, scope);
    reply.status(201);
    // A second click shows what the first one made.
    if (connected !== null) return connectionDetailOf(context, scope, connected);
    const terms = defaultTerms({
      baseUrl: setting.baseUrl,
      projectKeys: setting.projects,
      anchors: { kind: 'pem', pem: setting.anchorsPem },
      accountName: setting.accountName,
      allowPrivate: true,
      contacts: { owner: contact, technical: contact },
    });
    const connection = await insertConnection(store, scope, {
      customerId: setting.customerId,
      name: 'Sandbox',
      terms,
      credential: setting.credentialSecretId,
      clientCertificateId: await certificateToBind(store, scope, terms, setting.customerId, null),
      isSandbox: true,
      // Its host is this machine's own: it is no secret between customers which of them tried it.
      hostConfirmed: true,
    });
    request.log.info({ event: 'connection.created', connectionId: connection.id, sandbox: true });
    return connectionDetailOf(context, scope, connection);
  });

  api.post('/sandbox/faults', { schema: { body: switchFault, response: { 200: sandbox } } }, async (request) => {
    const { scope } = callerOf(request);
    await switchFaultOf(context, scope, await presentSandbox(store), request.body);
    return sandboxOf(store, scope);
  });
};

async function sandboxOf(store: Store, scope: Scope): Promise<Sandbox> {
  const setting = sandboxSetting.safeParse(await readSetting(store, 'sandbox'));
  if (!setting.success)
    return { present: false, baseUrl: null, projects: [], connectionId: null, faults: {}, faultList: [] };
  const [connection, switched] = await Promise.all([
    connectionToSandbox(store, scope),
    lastAnsweredCalls(store, scope, 'sandbox-fault', 'fault'),
  ]);
  const states = new Map(switched.map(({ parameters }) => [parameters.fault, parameters.on === true]));
  const faults = Object.fromEntries(sandboxFault.options.map((fault) => [fault, states.get(fault) ?? false]));
  const { baseUrl, projects } = setting.data;
  return {
    present: true,
    baseUrl,
    projects,
    connectionId: connection?.id ?? null,
    faults,
    faultList: sandboxFaults.map((row) => ({ ...row })),
  };
}

async function connectionToSandbox(store: Store, scope: Scope) {
  return (await listConnections(store, scope)).find(({ isSandbox }) => isSandbox) ?? null;
}

async function presentSandbox(store: Store): Promise<SandboxSetting> {
  const setting = sandboxSetting.safeParse(await readSetting(store, 'sandbox'));
  if (setting.success) return setting.data;
  throw new ApiProblem('sandbox-absent', {
    detail: 'Start with `./sallyport up` to have a sandbox beside everything else.',
    actor: 'operator',
  });
}

async function switchFaultOf(
  { store, calls }: ApiContext,
  scope: Scope,
  setting: SandboxSetting,
  parameters: Readonly<Record<string, unknown>>,
): Promise<void> {
  const id = await askCall(store, scope, {
    customerId: setting.customerId,
    connectionId: null,
    egressGroup: 'default',
    kind: 'sandbox-fault',
    parameters,
    timeoutMilliseconds: faultTimeoutMilliseconds,
  });
  const call = await calls.wait(scope, id);
  if (call?.state !== 'answered')
    throw new ApiProblem('call-timed-out', {
      detail: `No connector answered within ${faultTimeoutMilliseconds / 1000} s. See whether one runs.`,
      actor: 'operator',
      seen: { callId: id },
    });
  if (!faultStates.safeParse(call.answer).success)
    throw new ApiProblem('call-failed', {
      detail: failureOf(call.answer) ?? 'The connector could not reach the sandbox.',
      actor: 'operator',
      seen: { callId: id },
    });
}
