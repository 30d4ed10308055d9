import type pg from 'pg';

/** Tables of the schema, each after those it refers to; the list of migrations is not data. */
export async function tablesInOrder(client: pg.Client): Promise<readonly string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'sallyport' and c.relkind = 'r' and c.relname <> 'migration' order by c.relname`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select f.relname as "from", t.relname as "to" from pg_constraint k join pg_class f on f.oid = k.conrelid
      join pg_class t on t.oid = k.confrelid join pg_namespace n on n.oid = f.relnamespace
      where k.contype = 'f' and n.nspname = 'sallyport' and f.oid <> t.oid`,
  );
  const placed: string[] = [];
  let waiting = tables.map(({ name }) => name);
  while (waiting.length > 0) {
    const next = waiting.filter((name) => references.every(({ from, to }) => from !== name || placed.includes(to)));
    // Tables that refer to each other in a circle could not be put back row by row.
    if (next.length === 0) throw new Error(`these tables refer to each other in a circle: ${waiting.join(', ')}`);
    placed.push(...next);
    waiting = waiting.filter((name) => !next.includes(name));
  }
  return placed;
}
