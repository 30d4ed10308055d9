/** A diagnosis as the API shows it. What a newer or older connector has written is read with care: a member that is missing is not made up. */
import { diagnosisDetail, enforcementProof, type DiagnosisDetail, type EnforcementProof } from '@sallyport/console-api';
import type { Connection, StoredDiagnosis } from '@sallyport/store';
import { z } from 'zod';

const document = z.record(z.string(), z.unknown());

/** Null where it was written in a form that this version does not know. */
export function shownDiagnosis(stored: StoredDiagnosis): DiagnosisDetail | null {
  const { topRule: _topRule, topActor: _topActor, customerId: _customerId, document: kept, at, ...rest } = stored;
  const members = document.safeParse(kept);
  if (!members.success) return null;
  const shown = diagnosisDetail.safeParse({ ...rest, ...members.data, at: at.toISOString() });
  return shown.success ? shown.data : null;
}

const told = z.object({ at: z.string() });

/** Null where nothing was ever seen of it. */
export function shownEnforcement(connection: Connection): EnforcementProof | null {
  const { enforcement, refusesNoneSince, refusesWrongSince } = connection;
  const seen = told.safeParse(enforcement);
  if (!seen.success) return null;
  const shown = enforcementProof.safeParse({
    refusesWithoutSince: refusesNoneSince?.toISOString() ?? null,
    refusesWrongSince: refusesWrongSince?.toISOString() ?? null,
    seenAt: seen.data.at,
    seen: enforcement,
  });
  return shown.success ? shown.data : null;
}
