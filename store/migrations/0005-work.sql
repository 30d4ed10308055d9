-- Connectors, interactive calls, leases, and what a sync stores.
set local search_path to sallyport;

create table connector (
  id text primary key check (id ~ '^[A-Za-z0-9._-]{1,100}$'),
  egress_group text not null references egress_group,
  started_at timestamptz not null,
  heartbeat_at timestamptz not null,
  counters jsonb not null default '{}'
);

create table interactive_call (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  connection_id uuid,
  egress_group text not null references egress_group,
  kind text not null check (kind in ('check', 'sandbox-fault')),
  -- Never an address, header or path: the terms say where to.
  parameters jsonb not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'running', 'answered', 'timed-out')),
  created_at timestamptz not null default now(),
  deadline timestamptz not null,
  claimed_by text,
  answer jsonb,
  answered_at timestamptz,
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);
create index interactive_call_waiting on interactive_call (egress_group, created_at) where state = 'waiting';

create table lease (
  name text primary key,
  holder text not null,
  -- Counts up at each taking: a write that carries an old number is refused.
  number bigint not null,
  expires_at timestamptz not null
);

create table sync_state (
  customer_id uuid not null,
  connection_id uuid primary key,
  -- Everything changed up to here (epoch milliseconds by Jira's clock) has been stored.
  watermark_ms bigint,
  -- Where the next sweep begins, or an unfinished one goes on.
  position jsonb,
  phase text not null default 'idle' check (phase in ('idle', 'running', 'waiting', 'stopped')),
  issues_stored bigint not null default 0,
  sweep_stored bigint not null default 0,
  sweep_total bigint,
  last_sweep_at timestamptz,
  updated_at timestamptz not null default now(),
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);

create table issue (
  customer_id uuid not null,
  connection_id uuid not null,
  -- Jira's numeric id: keys change when an issue moves, ids do not.
  remote_id bigint not null,
  key text not null,
  project_key text not null,
  issue_type text,
  summary text not null,
  status text,
  priority text,
  assignee text,
  reporter text,
  created_ms bigint,
  updated_ms bigint not null,
  -- The typed core, and the document of the fields in the terms.
  core jsonb not null,
  document jsonb not null,
  stored_at timestamptz not null default now(),
  primary key (connection_id, remote_id),
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);
create index issue_by_update on issue (connection_id, updated_ms desc, remote_id desc);
create index issue_by_project on issue (connection_id, project_key, status);

create table issue_change (
  customer_id uuid not null,
  connection_id uuid not null,
  remote_id bigint not null,
  history_id bigint not null,
  at_ms bigint not null,
  author jsonb,
  items jsonb not null,
  primary key (connection_id, remote_id, history_id),
  -- Not to the issue: the check of such a reference is planned once, on a first sync while the table is still empty, and
  -- then takes any index that begins with the connection: each change would read all issues. A page stores issues and
  -- changes in one transaction; who deletes an issue deletes its changes.
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);

alter table interactive_call enable row level security;
alter table sync_state enable row level security;
alter table issue enable row level security;
alter table issue_change enable row level security;
create policy own_rows on interactive_call using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on sync_state using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on issue using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on issue_change using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select on connector to sallyport_web;
grant select, insert, update, delete on connector to sallyport_connector;
grant select, insert on interactive_call to sallyport_web;
grant update (state) on interactive_call to sallyport_web;
grant select, update, delete on interactive_call to sallyport_connector;
grant select, insert, update, delete on lease to sallyport_connector;
grant select, insert on sync_state to sallyport_web;
grant select on issue, issue_change, lease to sallyport_web;
grant select, insert, update, delete on sync_state, issue, issue_change to sallyport_connector;
