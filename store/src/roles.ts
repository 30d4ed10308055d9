/** The roles under which the tiers reach the database, and the addresses with their passwords. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Connection strings for each role. Each is a secret. */
export interface RoleUrls {
  readonly owner: string;
  readonly web: string;
  readonly connector: string;
}

/** The database's role may not make roles, or an old password no longer fits. */
export class RoleSetUpError extends Error {
  readonly code = 'database-roles';
}

const oldestServerVersion = 140_000;

/**
 * Makes the two roles of the tiers if they are missing, gives them the passwords of `known` or new ones, and gives the
 * three addresses. `adminUrl` must be allowed to make roles; it becomes the owner of the schema.
 */
export async function prepareRoles(adminUrl: string, known: Partial<RoleUrls>): Promise<RoleUrls> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'sallyport-roles',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    if ((rows[0]?.version ?? 0) < oldestServerVersion) throw new RoleSetUpError('PostgreSQL 14 or later is needed.');
    const web = await prepareRole(client, adminUrl, 'sallyport_web', known.web);
    const connector = await prepareRole(client, adminUrl, 'sallyport_connector', known.connector);
    return { owner: adminUrl, web, connector };
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new RoleSetUpError(`The role of DATABASE_URL may not make roles: ${(error as Error).message}`);
  } finally {
    await client.end();
  }
}

/** Makes the database of this name unless it is there; gives its address. */
export async function prepareDatabase(adminUrl: string, name: string): Promise<string> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: 'sallyport-roles',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl.replace('@/', '@socket/'));
  url.pathname = `/${name}`;
  return url.href.replace('@socket/', '@/');
}

/** Whether the server at this address answers. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sallyport-probe',
    connectionTimeoutMillis: 1_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function prepareRole(
  client: pg.Client,
  adminUrl: string,
  role: string,
  known: string | undefined,
): Promise<string> {
  const password = passwordOf(known) ?? randomBytes(24).toString('base64url');
  const { rows } = await client.query<{ strong: boolean }>(
    'select rolsuper or rolbypassrls as strong from pg_roles where rolname = $1',
    [role],
  );
  if (rows[0]?.strong === true)
    throw new RoleSetUpError(`The role ${role} exists and is above row-level security; a tier must not be.`);
  if (rows.length === 0) await client.query(`create role ${role}`);
  // NOSUPERUSER is not said: on servers before 16 only a superuser may say it, and it is the default.
  await client.query(`alter role ${role} with login password ${pg.escapeLiteral(password)}`);
  // What migrations create for a role is handed over to it: the owner must be able to act as it.
  await client.query(`grant ${role} to current_user`);
  return withUser(adminUrl, role, password);
}

function passwordOf(url: string | undefined): string | undefined {
  const found = /^[a-z]+:\/\/[^:@/]*:([^@]*)@/.exec(url ?? '')?.[1];
  return found === undefined || found === '' ? undefined : decodeURIComponent(found);
}

function withUser(url: string, user: string, password: string): string {
  return url.replace(/^([a-z]+:\/\/)(?:[^@/]*@)?/, `$1${user}:${encodeURIComponent(password)}@`);
}
