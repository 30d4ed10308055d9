/** The web tier's answers: everything that listens, and nothing that dials. */
export type { ApiContext } from './api-context.ts';
export { defaultConnectionLimits, type ConnectionLimits, type RefusedConnections } from './connection-limits.ts';
export { createHttpApi, type HttpApi } from './http-api.ts';
export type { WebFacts } from './metrics/metrics-routes.ts';
export { makeFirstOperatorLink } from './people/one-time-link.ts';
export { BootstrapTokenError, keepBootstrapToken } from './tokens/bootstrap-token.ts';
export {
  beginListening,
  createWebServer,
  ListenError,
  type ListeningPlace,
  type ServerCertificate,
  type WebServer,
} from './web-server.ts';
