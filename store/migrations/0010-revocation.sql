-- What is held about revocation, by which connections it is used, and who softened what. Sources are shared by many
-- customers' connections, so what a host holds of them is no customer's row, like the certificates of evidence.
set local search_path to sallyport;

-- One row for each source that connectors of a host fetch: their files lie on that host.
create table revocation_source (
  id uuid primary key default gen_random_uuid(),
  host text not null check (host ~ '^[A-Za-z0-9._-]{1,100}$'),
  kind text not null check (kind in ('crl', 'ocsp')),
  url text not null check (length(url) between 1 and 2000),
  -- Empty for a CRL; for OCSP the SHA-256 of the certificate that is asked about.
  subject text not null default '' check (subject ~ '^([0-9a-f]{64})?$'),
  -- Who signs it (RFC 4514).
  authority text not null check (length(authority) <= 2000),
  sha256 bytea check (length(sha256) = 32),
  bytes bigint,
  entries integer,
  this_update timestamptz,
  next_update timestamptz,
  fetched_at timestamptz,
  -- When other bytes came than the ones before: connections that use it are judged again.
  changed_at timestamptz,
  -- Of the last attempt; null when it succeeded.
  error_code text,
  error_message text,
  attempted_at timestamptz,
  failures integer not null default 0,
  stale_since timestamptz,
  next_fetch_at timestamptz not null default now(),
  unique (host, kind, url, subject)
);
create index revocation_source_changed on revocation_source (host, changed_at);

-- Which connection, or client certificate of ours, asks which source: the plan of the fetches is drawn from here.
create table revocation_use (
  customer_id uuid not null,
  connection_id uuid,
  client_certificate_id uuid,
  kind text not null check (kind in ('crl', 'ocsp')),
  url text not null check (length(url) between 1 and 2000),
  subject text not null default '' check (subject ~ '^([0-9a-f]{64})?$'),
  authority text not null check (length(authority) <= 2000),
  foreign key (customer_id, connection_id) references connection (customer_id, id),
  foreign key (customer_id, client_certificate_id) references client_certificate (customer_id, id),
  check (num_nonnulls(connection_id, client_certificate_id) = 1)
);
create unique index revocation_use_once on revocation_use (coalesce(connection_id, client_certificate_id), kind, url, subject);
create index revocation_use_of_source on revocation_use (kind, url, subject);

-- CRLs and OCSP answers that decided a handshake, once however many handshakes they decided. A CRL beyond the cap is
-- named by its digest only: the file is with the connectors.
create table revocation_content (
  sha256 bytea primary key check (length(sha256) = 32),
  kind text not null check (kind in ('crl', 'ocsp')),
  der bytea not null check (length(der) <= 8388608),
  first_used_at timestamptz not null,
  last_used_at timestamptz not null
);

-- CRLs of an agreed private CA that its customer brought. They are judged like any other: who can write here cannot
-- make a certificate good.
create table pushed_crl (
  customer_id uuid not null,
  connection_id uuid not null,
  authority text not null check (length(authority) <= 2000),
  sha256 bytea not null check (length(sha256) = 32),
  der bytea not null check (length(der) <= 10485760),
  entries integer not null,
  this_update timestamptz not null,
  next_update timestamptz,
  pushed_at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  pushed_by text not null,
  primary key (connection_id, authority),
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);

-- What is known of our own client certificates.
create table client_certificate_status (
  customer_id uuid not null,
  client_certificate_id uuid primary key,
  status text not null check (status in ('good', 'revoked', 'unknown', 'not-applicable')),
  code text not null,
  message text not null,
  judged_at timestamptz not null,
  since timestamptz not null,
  foreign key (customer_id, client_certificate_id) references client_certificate (customer_id, id)
);

-- Emergency softening of one authority: two people, at most three days, and it ends by itself.
create table revocation_softening (
  id uuid primary key default gen_random_uuid(),
  authority text not null check (length(authority) between 1 and 2000),
  reason text not null check (length(reason) between 10 and 1000),
  hours integer not null check (hours between 1 and 72),
  proposed_by uuid not null references person,
  proposed_at timestamptz not null default now(),
  approved_by uuid references person,
  approved_at timestamptz,
  ends_at timestamptz,
  ended_by uuid references person,
  ended_at timestamptz,
  check (approved_by <> proposed_by),
  check (num_nulls(approved_by, approved_at, ends_at) in (0, 3)),
  check (ends_at <= approved_at + interval '72 hours')
);

-- Only by these: nobody approves what they proposed, nothing is approved twice, and no end is moved.
create function approve_softening(softening uuid, person uuid) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update revocation_softening s set approved_by = person, approved_at = clock_timestamp(),
      ends_at = clock_timestamp() + make_interval(hours => s.hours)
    where s.id = softening and s.approved_by is null and s.ended_at is null
      and s.proposed_by <> person and s.proposed_at > clock_timestamp() - interval '24 hours';
  if not found then raise exception 'this softening cannot be approved by this person' using errcode = 'check_violation'; end if;
end $$;
create function end_softening(softening uuid, person uuid) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update revocation_softening s set ended_by = person, ended_at = clock_timestamp()
    where s.id = softening and s.ended_at is null and coalesce(s.ends_at > clock_timestamp(), true);
  if not found then raise exception 'this softening has ended' using errcode = 'check_violation'; end if;
end $$;

-- The web tier's own certificate and what its authority says of it: the tier shows it, connectors fetch it.
create table web_staple (
  certificate_sha256 bytea primary key check (length(certificate_sha256) = 32),
  chain_pem text not null check (length(chain_pem) <= 100000),
  shown_at timestamptz not null default now(),
  response bytea check (length(response) <= 65536),
  this_update timestamptz,
  next_update timestamptz,
  fetched_at timestamptz,
  error_code text,
  error_message text,
  next_fetch_at timestamptz not null default now()
);

-- Calls grow by the replay of stored chains, and by the doctor's.
alter table interactive_call drop constraint interactive_call_kind_check;
alter table interactive_call add constraint interactive_call_kind_check
  check (kind in ('check', 'sandbox-fault', 'replay', 'doctor'));

alter table revocation_use enable row level security;
alter table pushed_crl enable row level security;
alter table client_certificate_status enable row level security;
create policy own_rows on revocation_use using (in_scope(customer_id) or customer_id = operator_id()) with check (in_scope(customer_id));
create policy own_rows on pushed_crl using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on client_certificate_status using (in_scope(customer_id) or customer_id = operator_id()) with check (in_scope(customer_id));

grant select on revocation_source, revocation_use, revocation_content, client_certificate_status to sallyport_web;
-- "Fetch now" brings a date forward; what is fetched, and from where, the web tier cannot say.
grant update (next_fetch_at) on revocation_source to sallyport_web;
grant select, insert, update, delete on revocation_source, revocation_use, revocation_content, client_certificate_status
  to sallyport_connector;
grant select, insert, update on pushed_crl to sallyport_web;
grant select on pushed_crl to sallyport_connector;
grant select on revocation_softening to sallyport_web, sallyport_connector;
grant insert (authority, reason, hours, proposed_by) on revocation_softening to sallyport_web;
revoke all on function approve_softening(uuid, uuid) from public;
revoke all on function end_softening(uuid, uuid) from public;
grant execute on function approve_softening(uuid, uuid) to sallyport_web;
grant execute on function end_softening(uuid, uuid) to sallyport_web;
grant select on web_staple to sallyport_web, sallyport_connector;
grant insert (certificate_sha256, chain_pem), update (shown_at) on web_staple to sallyport_web;
grant update (response, this_update, next_update, fetched_at, error_code, error_message, next_fetch_at), delete
  on web_staple to sallyport_connector;
