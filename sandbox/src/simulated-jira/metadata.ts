/** What a Jira says about itself: server, account, fields, projects, types, statuses. */
import { innerBaseUrl, userDocument } from './issue-document.ts';
import type { Project, User } from './issues/issue.ts';
import { customFields, issueTypes, priorities, statuses } from './issues/site.ts';
import { jiraTimestamp } from './zone.ts';

export const jiraVersion = '10.3.12';

/** People who are not signed in get fewer keys. */
export function serverInfo(baseUrl: string, now: number, isSignedIn: boolean): Record<string, unknown> {
  const all = {
    baseUrl,
    version: jiraVersion,
    versionNumbers: jiraVersion.split('.').map(Number),
    deploymentType: 'Server',
    buildNumber: 10030012,
    buildDate: '2026-02-11T00:00:00.000+0000',
    databaseBuildNumber: 10030012,
    serverTime: jiraTimestamp(now, 'Europe/Berlin'),
    scmInfo: 'sandbox',
    serverTitle: 'SANDBOX Jira (made-up data)',
  };
  if (isSignedIn) return all;
  const { version, versionNumbers, deploymentType, buildNumber, serverTitle } = all;
  return { baseUrl, version, versionNumbers, deploymentType, buildNumber, serverTitle };
}

export function myself(user: User): Record<string, unknown> {
  return {
    ...userDocument(user),
    deleted: false,
    locale: 'en_UK',
    groups: { size: 2, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  };
}

export function projectDocument(project: Project): Record<string, unknown> {
  return {
    expand: 'description,lead,url,projectKeys',
    self: `${innerBaseUrl}/rest/api/2/project/${project.id}`,
    id: String(project.id),
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    archived: false,
  };
}

export function statusDocuments(): unknown[] {
  return statuses.map(({ id, name, description, category }) => ({
    self: `${innerBaseUrl}/rest/api/2/status/${id}`,
    description,
    iconUrl: `${innerBaseUrl}/images/icons/status_generic.gif`,
    name,
    id,
    statusCategory: { self: `${innerBaseUrl}/rest/api/2/statuscategory/${category.id}`, ...category },
  }));
}

export function issueTypeDocuments(): unknown[] {
  return issueTypes.map(({ id, name, description, isSubtask }) => ({
    self: `${innerBaseUrl}/rest/api/2/issuetype/${id}`,
    id,
    name,
    description,
    subtask: isSubtask,
  }));
}

export function priorityDocuments(): unknown[] {
  return priorities.map(({ id, name }) => ({ self: `${innerBaseUrl}/rest/api/2/priority/${id}`, id, name }));
}

export function fieldDocuments(): unknown[] {
  const system = (id: string, name: string, type: string, items?: string): unknown => ({
    id,
    name,
    custom: false,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [id],
    schema: { type, ...(items === undefined ? {} : { items }), system: id },
  });
  const custom = (id: string, name: string, type: string, plugin: string, items?: string): unknown => ({
    id,
    name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${id.slice(12)}]`, name],
    schema: { type, ...(items === undefined ? {} : { items }), custom: plugin, customId: Number(id.slice(12)) },
  });
  const greenhopper = 'com.pyxis.greenhopper.jira:gh';
  return [
    system('summary', 'Summary', 'string'),
    system('description', 'Description', 'string'),
    system('issuetype', 'Issue Type', 'issuetype'),
    system('project', 'Project', 'project'),
    system('status', 'Status', 'status'),
    system('priority', 'Priority', 'priority'),
    system('assignee', 'Assignee', 'user'),
    system('reporter', 'Reporter', 'user'),
    system('creator', 'Creator', 'user'),
    system('created', 'Created', 'datetime'),
    system('updated', 'Updated', 'datetime'),
    system('resolution', 'Resolution', 'resolution'),
    system('resolutiondate', 'Resolved', 'datetime'),
    system('duedate', 'Due Date', 'date'),
    system('labels', 'Labels', 'array', 'string'),
    system('components', 'Component/s', 'array', 'component'),
    system('fixVersions', 'Fix Version/s', 'array', 'version'),
    system('versions', 'Affects Version/s', 'array', 'version'),
    system('issuelinks', 'Linked Issues', 'array', 'issuelinks'),
    custom(
      customFields.storyPoints,
      'Story Points',
      'number',
      'com.atlassian.jira.plugin.system.customfieldtypes:float',
    ),
    custom(customFields.sprint, 'Sprint', 'array', `${greenhopper}-sprint`, 'string'),
    custom(customFields.epicLink, 'Epic Link', 'any', `${greenhopper}-epic-link`),
    custom(customFields.epicName, 'Epic Name', 'string', `${greenhopper}-epic-label`),
    custom(customFields.rank, 'Rank', 'any', `${greenhopper}-lexo-rank`),
    custom(customFields.customer, 'Customer', 'option', 'com.atlassian.jira.plugin.system.customfieldtypes:select'),
  ];
}
