/** LISTEN on one connection of its own, which comes back by itself. */
import pg from 'pg';
import type { Store } from '../open-store.ts';

export interface Notifications {
  close(): Promise<void>;
}

const backstopMilliseconds = 1_000;
const firstRetryMilliseconds = 100;
const longestRetryMilliseconds = 5_000;

/**
 * Calls `heard` with the id that a NOTIFY carried, and with null whenever something may have been missed: after each
 * (re)connection, and once a second as a backstop. `heard` must look at the rows itself.
 */
export function subscribe(store: Store, channel: string, heard: (id: string | null) => void): Notifications {
  let closed = false;
  let client: pg.Client | null = null;
  let retry = firstRetryMilliseconds;
  let timer: NodeJS.Timeout | undefined;
  const open = async (): Promise<void> => {
    if (closed) return;
    const next = new pg.Client({
      connectionString: store.url,
      application_name: 'sallyport-notifications',
      connectionTimeoutMillis: 5_000,
    });
    let lost = false;
    const lose = (): void => {
      if (lost) return;
      lost = true;
      client = null;
      void next.end().catch(() => {});
      if (closed) return;
      timer = setTimeout(() => void open(), retry);
      retry = Math.min(retry * 2, longestRetryMilliseconds);
    };
    next.on('error', lose);
    next.on('end', lose);
    next.on('notification', ({ payload }) => heard(payload ?? null));
    try {
      await next.connect();
      await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      client = next;
      retry = firstRetryMilliseconds;
      heard(null);
    } catch {
      lose();
    }
  };
  void open();
  const backstop = setInterval(() => heard(null), backstopMilliseconds);
  return {
    close: async () => {
      closed = true;
      clearInterval(backstop);
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
