/** Which of Jira's field ids the terms' field names mean on one site. */
import { asList, asObject, asText } from './json-value.ts';

export interface IssueFields {
  /** Field ids to ask for; nothing else is asked or kept. */
  readonly ids: readonly string[];
  /** Ids of the site's fields of these kinds, where the terms ask for them. */
  readonly sprint: string | null;
  readonly epicLink: string | null;
}

const customKinds = {
  sprint: 'com.pyxis.greenhopper.jira:gh-sprint',
  'epic-link': 'com.pyxis.greenhopper.jira:gh-epic-link',
} as const;

/** Without the named kinds resolved: for a site whose list of fields cannot be read. */
export function fieldsByName(termsFields: readonly string[]): IssueFields {
  return resolveFields(termsFields, []);
}

/** `siteFields` is the answer to `GET /rest/api/2/field`. A kind that the site does not have is left out. */
export function resolveFields(termsFields: readonly string[], siteFields: unknown): IssueFields {
  const idOf = (kind: string): string | null => {
    for (const entry of asList(siteFields)) {
      const field = asObject(entry);
      if (asText(asObject(field?.schema)?.custom) === kind) return asText(field?.id);
    }
    return null;
  };
  const sprint = termsFields.includes('sprint') ? idOf(customKinds.sprint) : null;
  const epicLink = termsFields.includes('epic-link') ? idOf(customKinds['epic-link']) : null;
  const named = termsFields.filter((field) => !(field in customKinds));
  const ids = [...named, sprint, epicLink].filter((id) => id !== null);
  return { ids: [...new Set(ids)], sprint, epicLink };
}
