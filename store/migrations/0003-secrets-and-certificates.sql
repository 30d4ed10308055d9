-- Sealed material, and the client certificates and slots that connections name.
set local search_path to sallyport;

create table seal_key (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  -- X25519, 32 bytes. The private half never reaches the database.
  public_key bytea not null check (length(public_key) = 32),
  state text not null default 'current' check (state in ('current', 'retired')),
  created_at timestamptz not null default now()
);

create table sealed_secret (
  id uuid primary key,
  customer_id uuid not null references customer,
  purpose text not null check (purpose in ('client-key', 'jira-credential')),
  seal_key_id text not null references seal_key,
  -- HPKE: encapsulated key, then ciphertext. Record id, customer and purpose are bound in.
  sealed bytea not null check (length(sealed) between 48 and 65536),
  created_at timestamptz not null default now(),
  unique (customer_id, id)
);

create table client_certificate (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  kind text not null check (kind in ('operator-wildcard', 'operator-named', 'customer-custom')),
  name text not null,
  -- End entity first.
  chain_pem text not null check (length(chain_pem) <= 100000),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  not_before timestamptz not null,
  not_after timestamptz not null,
  key_secret_id uuid not null,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  unique (customer_id, id),
  unique (customer_id, sha256),
  foreign key (customer_id, key_secret_id) references sealed_secret (customer_id, id),
  check ((kind = 'customer-custom') = (customer_id <> operator_id()))
);
create unique index client_certificate_one_default on client_certificate ((true)) where is_default;

-- Connections name a slot, and a swap moves the slot's pointer: activation and rollback are one write each.
create table certificate_slot (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null references customer,
  current_owner_id uuid, current_id uuid,
  next_owner_id uuid, next_id uuid,
  previous_owner_id uuid, previous_id uuid,
  generation bigint not null default 1,
  unique (customer_id, id),
  foreign key (current_owner_id, current_id) references client_certificate (customer_id, id),
  foreign key (next_owner_id, next_id) references client_certificate (customer_id, id),
  foreign key (previous_owner_id, previous_id) references client_certificate (customer_id, id),
  -- A custom certificate can be bound only to its owner's connections.
  check (current_owner_id in (customer_id, operator_id())),
  check (next_owner_id in (customer_id, operator_id())),
  check (previous_owner_id in (customer_id, operator_id())),
  check ((current_owner_id is null) = (current_id is null)),
  check ((next_owner_id is null) = (next_id is null)),
  check ((previous_owner_id is null) = (previous_id is null))
);

alter table sealed_secret enable row level security;
alter table client_certificate enable row level security;
alter table certificate_slot enable row level security;
create policy own_rows on sealed_secret using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on client_certificate using (in_scope(customer_id) or customer_id = operator_id()) with check (in_scope(customer_id));
create policy own_rows on certificate_slot using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select on seal_key to sallyport_web;
grant select, insert, update on seal_key to sallyport_connector;
-- The web tier can put a secret in; it can neither read nor change one.
grant insert on sealed_secret to sallyport_web;
grant select (id, customer_id, purpose, seal_key_id, created_at) on sealed_secret to sallyport_web;
grant select, insert, update, delete on sealed_secret to sallyport_connector;
grant select (id, customer_id, kind, name, chain_pem, sha256, not_before, not_after, is_default, created_at) on client_certificate to sallyport_web;
grant select, insert, update (is_default) on client_certificate to sallyport_connector;
-- Binding a new connection is the web tier's; moving a pointer is not.
grant select, insert on certificate_slot to sallyport_web;
grant select, update on certificate_slot to sallyport_connector;
