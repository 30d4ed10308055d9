/** What routes are given: the database, the wait for calls, and the web tier's own facts. */
import type { CallWaiter, Store } from '@sallyport/store';
import type { TlsPolicy } from '@sallyport/tls-policy';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

export interface ApiContext {
  readonly store: Store;
  readonly calls: CallWaiter;
  /** The policy under which people reach us. */
  readonly policy: TlsPolicy;
  /** Where the built console lies; it may be absent. */
  readonly consoleDirectory: string;
  /** Whose free space is measured; null where the tier keeps nothing on disk. */
  readonly dataDirectory: string | null;
  /** How long a check may take before it is told that no connector answered (milliseconds). */
  readonly callTimeoutMilliseconds: number;
}

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Routes of one noun. */
export type Routes = (api: Api, context: ApiContext) => void;
