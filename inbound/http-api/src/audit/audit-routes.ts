import { auditList, auditQuery } from '@sallyport/console-api';
import { listAuditEvents } from '@sallyport/store';
import type { Routes } from '../api-context.ts';
import { callerOf } from '../session/caller.ts';

/** GET /audit: what was done, by whom; newest first, all or about what somebody looks at. */
export const auditRoutes: Routes = (api, { store }) => {
  api.get('/audit', { schema: { querystring: auditQuery, response: { 200: auditList } } }, async (request) => {
    const { limit, cursor, subject = [], certificateId } = request.query;
    const items = await listAuditEvents(store, callerOf(request).scope, {
      limit,
      before: cursor,
      subjects: typeof subject === 'string' ? [subject] : subject,
      certificateId,
    });
    return { items, nextCursor: items.length < limit ? null : (items.at(-1)?.id ?? null) };
  });
};
