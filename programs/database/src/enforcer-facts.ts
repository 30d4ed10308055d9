/** What the enforcer kit of a stored connection is made of, for the command line, which has no database. */
import { factsDocument } from '@sallyport/enforcer-kit';
import { enforcerFactsOf, housekeepingScope, listConnections, openStore } from '@sallyport/store';

class EnforcerFactsError extends Error {
  readonly code: 'connection-unknown' | 'connection-ambiguous' | 'client-certificate-missing';
  constructor(code: EnforcerFactsError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * JSON for `sallyport enforcer --facts`: the facts, or as `error` why there are none. `wanted` is a connection's id, its name or
 * its host.
 */
export async function printedEnforcerFacts(ownerUrl: string, wanted: string): Promise<string> {
  const store = openStore({ url: ownerUrl, applicationName: 'sallyport-enforcer', maximumConnections: 2 });
  const scope = housekeepingScope('command-line');
  try {
    const [connection, ...more] = (await listConnections(store, scope)).filter(({ id, name, host }) =>
      [id, name, host].includes(wanted),
    );
    if (connection === undefined)
      throw new EnforcerFactsError('connection-unknown', 'No connection has this id, name or host.');
    if (more.length > 0)
      throw new EnforcerFactsError(
        'connection-ambiguous',
        'More than one connection has this name or host: give the id.',
      );
    const facts = await enforcerFactsOf(store, scope, connection);
    if (facts === null)
      throw new EnforcerFactsError('client-certificate-missing', 'This connection presents no client certificate.');
    return JSON.stringify(factsDocument(facts));
  } catch (error) {
    if (!(error instanceof EnforcerFactsError)) throw error;
    return JSON.stringify({ error: { code: error.code, message: error.message } });
  } finally {
    await store.close();
  }
}
