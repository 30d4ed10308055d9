/** A new connection: terms judged, credential sealed, certificate bound, all kept in one transaction. */
import type { NewConnection } from '@sallyport/console-api';
import {
  HostTakenError,
  insertConnection,
  insertCustomer,
  listConnections,
  listCustomers,
  listEgressGroups,
  listInventory,
  operatorId,
  readSetting,
  sealSecret,
  type Connection,
  type Scope,
  type SealedSecret,
  type Store,
} from '@sallyport/store';
import type { Terms } from '@sallyport/terms';
import { ApiProblem, invalidFields } from '../api-problem.ts';
import { requireUsable } from '../certificates/usable-certificate.ts';
import { requireSealKey } from './required-seal-key.ts';
import { requireProxyCredential, sealProxyCredential } from './proxy-credential-intake.ts';
import { firstTerms } from './new-terms.ts';

/** Creates a draft; nothing is dialled. Everything is judged before anything is kept. */
export async function createConnectionOf(store: Store, scope: Scope, wish: NewConnection): Promise<Connection> {
  const terms = firstTerms(wish);
  requireProxyCredential(null, terms, wish);
  await requireEgressGroup(store, terms);
  const known = await knownCustomer(store, wish.customer);
  const chosen = wish.clientCertificate?.required === true ? (wish.clientCertificate.id ?? null) : null;
  // A customer that is new owns no certificate yet.
  const clientCertificateId = await certificateToBind(store, scope, terms, known ?? operatorId, chosen);
  const hostConfirmed = wish.confirmSharedHost === true;
  if (known === null && !hostConfirmed) await refuseTakenHost(store, scope, terms);
  await requireSealKey(store);
  const customerId = known ?? (await newCustomer(store, scope, wish.customer));
  return insertConnection(store, scope, {
    customerId,
    name: wish.name ?? new URL(terms.baseUrl).hostname,
    terms,
    credential: await sealCredential(store, customerId, wish.authentication, terms),
    proxyCredential: await sealProxyCredential(store, customerId, wish.proxyCredential, terms),
    clientCertificateId,
    isSandbox: await leadsToSandbox(store, terms),
    hostConfirmed,
  });
}

/** Only known groups: a connection of another would wait for connectors that never come. */
export async function requireEgressGroup(store: Store, { egressGroup }: Terms): Promise<void> {
  const groups = await listEgressGroups(store);
  if (groups.some(({ id }) => id === egressGroup)) return;
  const known = groups.map(({ id }) => id).join(', ');
  const message = `There is no egress group '${egressGroup}'; known: ${known}.`;
  throw invalidFields([{ path: 'egressGroup', code: 'egress-group-unknown', message }]);
}

/** Whether this address is the sandbox's: what comes from there is made up, and is shown as such. */
async function leadsToSandbox(store: Store, { baseUrl }: Terms): Promise<boolean> {
  const setting = await readSetting<{ baseUrl?: unknown }>(store, 'sandbox');
  const sandbox = typeof setting?.baseUrl === 'string' ? URL.parse(setting.baseUrl) : null;
  return sandbox !== null && sandbox.host === URL.parse(baseUrl)?.host;
}

/** Seals a credential to the connectors' public key: from here on this tier cannot read it. */
export async function sealCredential(
  store: Store,
  customerId: string,
  authentication: NewConnection['authentication'],
  { proxy }: Terms,
): Promise<SealedSecret> {
  const key = await requireSealKey(store);
  // The way is sealed in: whoever takes this tier over cannot lead a credential that is there already through another proxy.
  const plaintext = JSON.stringify(proxy === undefined ? authentication : { ...authentication, via: proxy.url });
  return sealSecret(key, { customerId, purpose: 'jira-credential', plaintext });
}

/** The operator's default unless another was chosen; null only where the terms go without. @throws ApiProblem */
export async function certificateToBind(
  store: Store,
  scope: Scope,
  terms: Terms,
  customerId: string,
  chosen: string | null,
): Promise<string | null> {
  if (!terms.clientCertificate.required) return null;
  const usable = (await listInventory(store, scope)).filter(
    (certificate) => certificate.customerId === customerId || certificate.customerId === operatorId,
  );
  const bound = usable.find(({ id, isDefault }) => (chosen === null ? isDefault : id === chosen));
  if (bound !== undefined) return (await requireUsable(store, scope, bound)).id;
  if (chosen !== null)
    throw invalidFields([
      {
        path: 'clientCertificate.id',
        code: 'client-certificate-unknown',
        message: 'There is no such client certificate, or it belongs to another customer.',
      },
    ]);
  throw new ApiProblem('client-certificate-missing', {
    detail:
      'The operator has no default client certificate yet. Choose another, give a reason for going without, or add one: ' +
      './sallyport db add-client-certificate --certificate FILE --key FILE --kind operator-named --default',
    actor: 'operator',
  });
}

/** The id of a customer that is known; null where a name is new. */
async function knownCustomer(store: Store, wish: NewConnection['customer']): Promise<string | null> {
  const customers = await listCustomers(store);
  const known = customers.find(({ id, name }) => ('id' in wish ? id === wish.id : name === wish.name));
  if (known !== undefined || 'name' in wish) return known?.id ?? null;
  throw invalidFields([{ path: 'customer.id', code: 'customer-unknown', message: 'There is no such customer.' }]);
}

async function newCustomer(store: Store, scope: Scope, wish: NewConnection['customer']): Promise<string> {
  const name = 'name' in wish ? wish.name : '';
  const inserted = await insertCustomer(store, scope, name);
  // Null: somebody was quicker, or it is the operator's own name.
  const customer = inserted ?? (await listCustomers(store)).find((other) => other.name === name);
  if (customer === undefined)
    throw new ApiProblem('customer-name-taken', { detail: `The name '${name}' cannot be a customer's.` });
  return customer.id;
}

/** The store judges again, under lock; here a refusal leaves no new customer behind. */
async function refuseTakenHost(store: Store, scope: Scope, { baseUrl }: Terms): Promise<void> {
  const host = new URL(baseUrl).hostname.toLowerCase();
  const connections = await listConnections(store, scope);
  if (connections.some((connection) => connection.host === host)) throw new HostTakenError(host);
}
