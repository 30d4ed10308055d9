/** `sallyport evidence CONNECTION --at T`: one handshake with everything that is needed to judge it again, as a zip. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  findCertificateEvidence,
  findContents,
  findHandshakeAt,
  findTerms,
  housekeepingScope,
  listConnections,
  noteEvidenceExport,
  openStore,
  type Connection,
} from '@sallyport/store';
import { EvidenceError, evidenceArchive } from './evidence-archive.ts';
import { zipFile } from './zip-file.ts';

export const evidenceUsage =
  'sallyport evidence CONNECTION [--at INSTANT] [--output FILE]   CONNECTION is an id, a name or a host; INSTANT is RFC 3339';

export class EvidenceUsageError extends Error {
  readonly code = 'usage';
}

export interface WantedEvidence {
  readonly name: string;
  readonly at: Date;
  readonly output: string | null;
}

/** Gives sentences about what was written. */
export async function writeEvidence(ownerUrl: string, { name, at, output }: WantedEvidence): Promise<string> {
  const store = openStore({ url: ownerUrl, applicationName: 'sallyport-evidence', maximumConnections: 2 });
  const scope = housekeepingScope('command-line');
  try {
    const connection = choose(await listConnections(store, scope), name);
    const handshake = await findHandshakeAt(store, scope, connection.id, at);
    if (handshake === null)
      throw new EvidenceError(
        'evidence-not-kept',
        `No handshake of ${name} is kept from ${at.toISOString()} or before.`,
      );
    const evidence = handshake.evidence as {
      termsVersion?: number;
      report?: { path?: { sha256: string }[] };
      revocation?: { sha256: string | null }[];
    };
    const terms = await findTerms(store, scope, connection.id, evidence.termsVersion ?? null);
    if (terms === null) throw new EvidenceError('evidence-not-kept', 'The terms of that time are not kept.');
    const digests = [...handshake.chainSha256, ...(evidence.report?.path ?? []).map(({ sha256 }) => sha256)];
    const answers = (evidence.revocation ?? []).flatMap(({ sha256 }) => sha256 ?? []);
    const [certificates, contents] = await Promise.all([
      findCertificateEvidence(store, digests),
      findContents(store, answers),
    ]);
    const entries = evidenceArchive({ handshake, terms: terms.terms, certificates, contents });
    const file = resolve(output ?? `evidence-${connection.host}-${stamp(handshake.at)}.zip`);
    // Another archive is never written over: it may be the only one.
    writeFileSync(file, zipFile(entries, handshake.at), { mode: 0o600, flag: 'wx' });
    await noteEvidenceExport(store, scope, handshake);
    return `${entries.length} files of the handshake of ${handshake.at.toISOString()} (${handshake.verdict}) in ${file}\nUnpack it and run ./verify.sh: it repeats the checks offline with openssl.`;
  } finally {
    await store.close();
  }
}

/** @param now the instant where none is given. @throws EvidenceUsageError */
export function wantedEvidence(words: readonly string[], now: Date): WantedEvidence {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...words],
      options: { at: { type: 'string' }, output: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new EvidenceUsageError(`${(error as Error).message}\nusage: ${evidenceUsage}`);
  }
  const { values, positionals } = parsed;
  const [name, ...others] = positionals;
  const at = values.at === undefined ? now : new Date(values.at);
  if (name === undefined || others.length > 0 || Number.isNaN(at.getTime()))
    throw new EvidenceUsageError(`usage: ${evidenceUsage}`);
  return { name, at, output: values.output ?? null };
}

function choose(connections: readonly Connection[], name: string): Connection {
  const found = connections.filter((one) => one.id === name || one.name === name || one.host === name.toLowerCase());
  const [first, ...others] = found;
  if (first === undefined)
    throw new EvidenceError('connection-unknown', `There is no connection '${name.slice(0, 200)}'.`);
  if (others.length > 0)
    throw new EvidenceError(
      'connection-ambiguous',
      `Several connections have the name or host ${name}; name one by its id: ${found.map(({ id }) => id).join(', ')}.`,
    );
  return first;
}

/** For a file name: 20261125T120000Z. */
function stamp(at: Date): string {
  return at.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
}
