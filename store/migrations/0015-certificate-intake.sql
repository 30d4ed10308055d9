-- How certificates come in: requests for keys that are made inside, and uploads that are sealed as they were received.
-- The web tier writes both and can open neither; connectors take them up, and what came of it stands beside.
set local search_path to sallyport;

create table certificate_request (
  id uuid primary key default gen_random_uuid(),
  -- Whose certificate it will be.
  customer_id uuid not null references customer,
  kind text not null check (kind in ('operator-wildcard', 'operator-named', 'customer-custom')),
  name text not null check (length(name) between 1 and 200),
  domain text check (length(domain) <= 253),
  policy text not null check (policy in ('public-third-party', 'agreed-private-ca')),
  anchors_pem text check (length(anchors_pem) <= 100000),
  contacts jsonb,
  make_default boolean not null default false,
  -- {keyType, commonName, dnsNames, organization, country}
  wanted jsonb not null,
  state text not null default 'making-key' check (state in ('making-key', 'open', 'withdrawn', 'failed')),
  request_pem text check (length(request_pem) <= 20000),
  -- SHA-256 of the SubjectPublicKeyInfo: by it a certificate finds its request.
  public_key_sha256 text unique check (public_key_sha256 ~ '^[0-9a-f]{64}$'),
  key_secret_id uuid,
  findings jsonb not null default '[]',
  requested_by text not null,
  requested_at timestamptz not null default now(),
  attempts integer not null default 0,
  locked_until timestamptz,
  unique (customer_id, id),
  foreign key (customer_id, key_secret_id) references sealed_secret (customer_id, id),
  check ((kind = 'customer-custom') = (customer_id <> operator_id())),
  check (state <> 'open' or (request_pem is not null and key_secret_id is not null))
);

create table certificate_upload (
  id uuid primary key,
  customer_id uuid not null references customer,
  kind text not null check (kind in ('operator-wildcard', 'operator-named', 'customer-custom')),
  -- The request that a certificate is given back for.
  request_id uuid,
  -- {name, domain, policy, anchorsPem, contacts, makeDefault}
  about jsonb not null,
  -- [{name, bytes}]: what people may see of the files.
  files jsonb not null,
  -- Files and password as received, sealed; both go when it was judged.
  seal_key_id text references seal_key,
  sealed bytea check (length(sealed) between 48 and 1000000),
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'refused')),
  certificate_id uuid,
  -- {findings, checks, chain, strangers}
  judgement jsonb,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  judged_at timestamptz,
  attempts integer not null default 0,
  locked_until timestamptz,
  foreign key (customer_id, request_id) references certificate_request (customer_id, id),
  foreign key (customer_id, certificate_id) references client_certificate (customer_id, id),
  check ((state = 'waiting') = (sealed is not null)),
  check ((kind = 'customer-custom') = (customer_id <> operator_id()))
);
create index certificate_upload_waiting on certificate_upload (uploaded_at) where state = 'waiting';

alter table client_certificate
  add column domain text,
  add column custody text not null default 'uploaded' check (custody in ('made-inside', 'uploaded')),
  add column policy text not null default 'public-third-party' check (policy in ('public-third-party', 'agreed-private-ca')),
  add column anchors_pem text check (length(anchors_pem) <= 100000),
  add column contacts jsonb,
  add column request_id uuid,
  -- {findings, checks, fetchedSha256}; judged again each day.
  add column judgement jsonb,
  add column judged_at timestamptz,
  add foreign key (customer_id, request_id) references certificate_request (customer_id, id);

-- Custody: several keys at once, each with its own copy of every secret; a key is retired when nothing is sealed to it.
alter table seal_key drop constraint seal_key_state_check;
alter table seal_key
  add constraint seal_key_state_check check (state in ('current', 'retiring', 'retired')),
  add column retired_at timestamptz,
  add column rotation_asked_at timestamptz,
  add column rotation_asked_by text,
  add column replaced_by text;
alter table connector add column seal_keys text[] not null default '{}';

create table sealed_copy (
  customer_id uuid not null,
  secret_id uuid not null,
  seal_key_id text not null references seal_key,
  sealed bytea not null check (length(sealed) between 48 and 65536),
  primary key (secret_id, seal_key_id),
  foreign key (customer_id, secret_id) references sealed_secret (customer_id, id) on delete cascade
);

-- Nothing is sealed to a retired key: whoever writes waits for a retirement under way, and is refused after it.
create function refuse_retired_key() returns trigger
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  found_state text;
begin
  if new.seal_key_id is null then return new; end if;
  select k.state into found_state from seal_key k where k.id = new.seal_key_id for share;
  if found_state = 'retired' then raise exception 'the key % is retired', new.seal_key_id using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger not_to_a_retired_key before insert or update of seal_key_id on sealed_secret for each row execute function refuse_retired_key();
create trigger not_to_a_retired_key before insert or update of seal_key_id on sealed_copy for each row execute function refuse_retired_key();
create trigger not_to_a_retired_key before insert or update of seal_key_id on certificate_upload for each row execute function refuse_retired_key();

-- How much is sealed to each key: the proof that retires one.
create function sealed_to(key text) returns bigint language sql stable security definer set search_path = sallyport, pg_temp as $$
  select (select count(*) from sealed_secret s where s.seal_key_id = key)
    + (select count(*) from sealed_copy c where c.seal_key_id = key)
    + (select count(*) from certificate_upload u where u.seal_key_id = key and u.sealed is not null)
$$;
-- Asks for another key; which one it will be, only the connector says that holds this one.
create function ask_seal_key_rotation(key text, actor text) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update seal_key k set rotation_asked_at = now(), rotation_asked_by = actor where k.id = key and k.state = 'current' and k.rotation_asked_at is null;
  if not found then raise exception 'this key is not current, or its rotation was asked for already' using errcode = 'check_violation'; end if;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (operator_id(), ask_seal_key_rotation.actor, 'seal-key.rotation-asked', 'seal-key:' || key, '{}');
end $$;
-- A request that is given up: its key goes, unless a certificate was made for it.
create function withdraw_certificate_request(request uuid, actor text) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  taken certificate_request%rowtype;
begin
  select * into taken from certificate_request r where r.id = request and in_scope(r.customer_id) and r.state in ('making-key', 'open', 'failed') for update;
  if not found then raise exception 'there is no such open request' using errcode = 'no_data_found'; end if;
  if exists (select 1 from client_certificate c where c.request_id = request) then
    raise exception 'a certificate was made for this request' using errcode = 'check_violation';
  end if;
  update certificate_request r set state = 'withdrawn', key_secret_id = null where r.id = request;
  delete from sealed_secret s where s.id = taken.key_secret_id;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (taken.customer_id, withdraw_certificate_request.actor, 'certificate-request.withdrawn', 'certificate-request:' || request, '{}');
end $$;

alter table certificate_request enable row level security;
alter table certificate_upload enable row level security;
alter table sealed_copy enable row level security;
create policy own_rows on certificate_request using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on certificate_upload using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on sealed_copy using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select on certificate_request to sallyport_web;
grant insert (id, customer_id, kind, name, domain, policy, anchors_pem, contacts, make_default, wanted, requested_by) on certificate_request to sallyport_web;
grant insert (id, customer_id, kind, request_id, about, files, seal_key_id, sealed, uploaded_by) on certificate_upload to sallyport_web;
grant select (id, customer_id, kind, request_id, about, files, state, certificate_id, judgement, uploaded_by, uploaded_at, judged_at)
  on certificate_upload to sallyport_web;
grant select, update on certificate_request to sallyport_connector;
grant select, update on certificate_upload to sallyport_connector;
grant select, insert, delete on sealed_copy to sallyport_connector;
grant select (domain, custody, policy, contacts, request_id, judgement, judged_at) on client_certificate to sallyport_web;
grant update (name, contacts) on client_certificate to sallyport_web;
grant update (judgement, judged_at, chain_pem) on client_certificate to sallyport_connector;
revoke all on function sealed_to(text) from public;
revoke all on function ask_seal_key_rotation(text, text) from public;
revoke all on function withdraw_certificate_request(uuid, text) from public;
grant execute on function sealed_to(text) to sallyport_web, sallyport_connector;
grant execute on function ask_seal_key_rotation(text, text) to sallyport_web;
grant execute on function withdraw_certificate_request(uuid, text) to sallyport_web;
-- The chain that the web tier shows is judged like the others; what came of it stands beside the staple.
alter table web_staple add column judgement jsonb, add column judged_at timestamptz, add column first_shown_at timestamptz not null default now();
grant update (judgement, judged_at) on web_staple to sallyport_connector;
