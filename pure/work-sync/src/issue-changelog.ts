/** The change log of an issue, as `expand=changelog` embeds it. */
import type { IssueChange, IssueChangeItem, IssueFault } from './issue.ts';
import { readJiraInstant } from './jira-instant.ts';
import { readUser } from './jira-user.ts';
import { asList, asObject, asText } from './json-value.ts';

/** Reads what is readable; each entry that is not is one fault. No change log at all is no fault. */
export function readChangelog(
  value: unknown,
  issue: string,
): { readonly changes: readonly IssueChange[]; readonly faults: readonly IssueFault[] } {
  const changelog = asObject(value);
  if (changelog === null) return { changes: [], faults: [] };
  const faults: IssueFault[] = [];
  const changes: IssueChange[] = [];
  const histories = asList(changelog.histories ?? changelog.values);
  for (const entry of histories) {
    const history = asObject(entry);
    const remoteId = asText(history?.id);
    const at = readJiraInstant(history?.created);
    if (history === null || remoteId === null || !/^\d{1,18}$/.test(remoteId) || at === null) {
      const message = 'An entry of the change log has no numeric id or no readable date.';
      faults.push({ code: 'JIRA_CHANGELOG_ODD', refused: false, issue, field: 'changelog', message });
      continue;
    }
    const items = asList(history.items)
      .map(readItem)
      .filter((item) => item !== null);
    changes.push({ remoteId, at, author: readUser(history.author), items });
  }
  const total = changelog.total;
  if (typeof total === 'number' && total > histories.length) {
    const message = `Jira gave ${histories.length} of ${total} entries of the change log.`;
    faults.push({ code: 'JIRA_CHANGELOG_TRUNCATED', refused: false, issue, field: 'changelog', message });
  }
  return { changes, faults };
}

function readItem(value: unknown): IssueChangeItem | null {
  const item = asObject(value);
  const field = asText(item?.field);
  if (item === null || field === null) return null;
  return {
    field,
    from: asText(item.from),
    fromText: asText(item.fromString),
    to: asText(item.to),
    toText: asText(ownMember(item, 'toString')),
  };
}

/** Every object inherits a function of this name; Jira's member is its own. */
function ownMember(item: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(item, name) ? item[name] : null;
}
