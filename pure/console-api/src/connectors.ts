import { z } from 'zod';
import { instant } from './instant.ts';

/** A connector by its heartbeat: it listens nowhere, so this row is all there is. */
export const connector = z
  .object({
    id: z.string(),
    egressGroup: z.string(),
    startedAt: instant,
    heartbeatAt: instant,
    /** By the database's clock. */
    heartbeatAgeSeconds: z.number(),
    version: z.string().nullable(),
    counters: z.record(z.string(), z.number()),
  })
  .meta({ id: 'Connector' });
export type Connector = z.infer<typeof connector>;

export const connectorList = z.object({ items: z.array(connector) }).meta({ id: 'ConnectorList' });
export type ConnectorList = z.infer<typeof connectorList>;
