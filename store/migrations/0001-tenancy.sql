-- Customers, and the wall between them. Every table but system tables carries customer_id; references are composite, so
-- that a row can point only at rows of its own customer or of the operator; row-level security is the second wall.
-- The roles sallyport_owner (migrations), sallyport_web and sallyport_connector exist already: a cluster's roles are
-- made by the database program.

create schema if not exists sallyport;
grant usage on schema sallyport to sallyport_web, sallyport_connector;
set local search_path to sallyport;

-- The operator is a customer with a fixed id: what it owns (its wildcard certificate, say) many may use.
create function operator_id() returns uuid language sql immutable parallel safe
  as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$;

-- May the current transaction see rows of this customer? Set by Scope, for one transaction only; unset sees nothing.
create function in_scope(customer uuid) returns boolean language sql stable parallel safe
  as $$ select current_setting('sallyport.customer', true) in ('all', customer::text) $$;

create table customer (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (length(name) between 1 and 200),
  created_at timestamptz not null default now()
);
insert into customer (id, name) values (operator_id(), 'Operator');

create table egress_group (
  id text primary key check (id ~ '^[a-z0-9-]{1,40}$'),
  addresses text[] not null default '{}',
  region text
);
insert into egress_group (id) values ('default');

create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
-- Days each kind is kept; null keeps it for good. Stated defaults.
insert into setting (name, value) values
  ('retention', '{"handshakeDays": 400, "callDays": 30, "sessionDays": 30, "auditDays": null}');

grant select on customer, egress_group, setting to sallyport_web, sallyport_connector;
grant insert on customer to sallyport_web;
