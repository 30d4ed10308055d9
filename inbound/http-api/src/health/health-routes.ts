import { health } from '@sallyport/console-api';
import { readSetting, type Store } from '@sallyport/store';
import type { Routes } from '../api-context.ts';

/** A database that takes longer than this is not ready (milliseconds). */
const readyMilliseconds = 2_000;

/** GET /livez: this process answers. GET /readyz: its database does, too. */
export const healthRoutes: Routes = (api, { store }) => {
  api.get(
    '/livez',
    {
      config: { access: 'public' },
      schema: {
        tags: ['health'],
        operationId: 'get-livez',
        summary: 'Whether this process answers, for a load balancer.',
        response: { 200: health },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { status: 'ok' as const, at: new Date().toISOString(), reason: null };
    },
  );
  api.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        tags: ['health'],
        operationId: 'get-readyz',
        summary: 'Whether its database answers, too.',
        response: { 200: health, 503: health },
      },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      const at = new Date().toISOString();
      if (await answersInTime(store)) return { status: 'ok' as const, at, reason: null };
      return reply.status(503).send({ status: 'unavailable', at, reason: 'database-unavailable' });
    },
  );
};

/** Reads a row that migrations made: a database without them is not ready. */
async function answersInTime(store: Store): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), readyMilliseconds);
  });
  try {
    return await Promise.race([
      readSetting(store, 'retention').then(
        (value) => value !== null,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
