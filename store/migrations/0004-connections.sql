-- Connections, their terms, and the evidence of dials.
set local search_path to sallyport;

create table connection (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  name text not null check (length(name) between 1 and 200),
  state text not null default 'draft' check (state in ('draft', 'checking', 'active', 'paused', 'failing', 'retired')),
  state_since timestamptz not null default now(),
  -- Of the base URL, in lower case: one Jira host belongs to one customer.
  host text not null,
  terms_version integer not null default 1,
  slot_id uuid,
  credential_secret_id uuid not null,
  is_sandbox boolean not null default false,
  -- What made it fail: {code, message, actor}.
  last_error jsonb,
  last_handshake_id uuid,
  -- The last accepted full handshake with evidence.
  last_proof_at timestamptz,
  enforces_since timestamptz,
  created_at timestamptz not null default now(),
  unique (customer_id, id),
  foreign key (customer_id, slot_id) references certificate_slot (customer_id, id),
  foreign key (customer_id, credential_secret_id) references sealed_secret (customer_id, id)
);

create table host_owner (
  host text not null,
  customer_id uuid not null references customer,
  -- A second customer on one host only after an operator's word.
  confirmed_by text,
  primary key (host, customer_id)
);
create unique index host_owner_first on host_owner (host) where confirmed_by is null;

create table terms (
  customer_id uuid not null,
  connection_id uuid not null,
  version integer not null check (version >= 1),
  document jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  weakens text[] not null default '{}',
  written_by text not null,
  written_at timestamptz not null default now(),
  effective_at timestamptz,
  approved_by text,
  primary key (customer_id, connection_id, version),
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);

-- Identical certificates are stored once and counted.
create table certificate_evidence (
  sha256 bytea primary key check (length(sha256) = 32),
  der bytea not null check (length(der) <= 102400),
  seen bigint not null default 1,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null
);

create table handshake (
  id uuid primary key,
  customer_id uuid not null,
  connection_id uuid not null,
  at timestamptz not null,
  purpose text not null check (purpose in ('check', 'proof', 'sync')),
  verdict text not null check (verdict in ('accepted', 'refused', 'none')),
  terms_sha256 text not null,
  connector_id text not null,
  -- Report, negotiated values, addresses, timings; the chain as digests only.
  evidence jsonb not null,
  chain_sha256 bytea[] not null default '{}',
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);
create index handshake_of_connection on handshake (connection_id, at desc);
create index handshake_at on handshake (at);

alter table connection enable row level security;
alter table terms enable row level security;
alter table handshake enable row level security;
create policy own_rows on connection using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on terms using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on handshake using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select, insert on connection to sallyport_web;
grant update (state, state_since, last_error) on connection to sallyport_web;
grant select on connection to sallyport_connector;
grant update (state, state_since, last_error, last_handshake_id, last_proof_at, enforces_since) on connection to sallyport_connector;
grant select, insert on host_owner to sallyport_web;
-- Terms are written once; what may change is when they take effect, by a function that checks.
grant select, insert on terms to sallyport_web;
grant select on terms to sallyport_connector;
grant select on certificate_evidence, handshake to sallyport_web;
grant select, insert, update, delete on certificate_evidence to sallyport_connector;
grant select, insert, delete on handshake to sallyport_connector;
