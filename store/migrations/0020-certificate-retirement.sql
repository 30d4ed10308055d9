-- The end of a client certificate: it stays in the inventory as retired, its private key is destroyed, and nothing can
-- name it for a connection again. The web tier only asks; the database looks whether anything still needs it.
set local search_path to sallyport;

alter table client_certificate
  alter column key_secret_id drop not null,
  add column retired_at timestamptz,
  add column retired_by text,
  add column retired_reason text check (length(retired_reason) between 1 and 1000),
  -- Later than retired_at where another certificate of the same request still had the same key.
  add column key_destroyed_at timestamptz,
  add constraint key_until_retired check ((key_secret_id is null) = (retired_at is not null)),
  add constraint retired_as_a_whole check (num_nonnulls(retired_at, retired_by, retired_reason) in (0, 3)),
  add constraint destroyed_after_retirement check (key_destroyed_at is null or retired_at is not null),
  add constraint default_is_not_retired check (retired_at is null or not is_default);
alter table certificate_request drop constraint certificate_request_state_check;
alter table certificate_request add constraint certificate_request_state_check
  check (state in ('making-key', 'open', 'withdrawn', 'failed', 'key-destroyed'));

-- Who names a certificate waits for a retirement under way, and is refused after it. What has ended may go on naming it.
create function refuse_retired_certificate() returns trigger
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  named uuid[];
  one record;
begin
  if tg_table_name = 'certificate_slot' then named := array[new.current_id, new.next_id, new.previous_id];
  elsif new.state in ('done', 'cancelled', 'rolled-back') then return new;
  else named := array[new.next_id];
  end if;
  for one in select c.id, c.retired_at from client_certificate c where c.id = any(named) for key share loop
    if one.retired_at is not null then
      raise exception 'the certificate % is retired', one.id using errcode = 'check_violation';
    end if;
  end loop;
  return new;
end $$;
revoke all on function refuse_retired_certificate() from public;
create trigger not_a_retired_certificate before insert or update of current_id, next_id, previous_id on certificate_slot
  for each row execute function refuse_retired_certificate();
create trigger not_a_retired_certificate before insert or update of next_id on swap
  for each row execute function refuse_retired_certificate();
create trigger not_a_retired_certificate before insert or update of next_id on rollout
  for each row execute function refuse_retired_certificate();

-- Retires a certificate and destroys its key; or gives what stands in the way, and has changed nothing. Null: done.
create function retire_client_certificate(certificate uuid, actor text, reason text) returns jsonb
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  taken client_certificate%rowtype;
  obstacles jsonb;
  secret uuid;
  shared boolean;
  copies bigint;
  freed bigint;
begin
  select * into taken from client_certificate c where c.id = certificate and in_scope(c.customer_id) for update;
  if not found then raise exception 'there is no such certificate' using errcode = 'no_data_found'; end if;
  select jsonb_build_object('retiredAt', taken.retired_at, 'isDefault', taken.is_default,
    'uses', (select coalesce(jsonb_agg(u), '[]') from (
      select n.id as "connectionId", case when in_scope(n.customer_id) then n.name end as "connectionName",
          case when in_scope(n.customer_id) then k.name end as "customerName", p.pointer, s.window_ends_at as "windowEndsAt"
        from certificate_slot s
        cross join lateral (values (s.current_id, 'current'), (s.next_id, 'next'), (s.previous_id, 'previous')) p (id, pointer)
        join connection n on n.slot_id = s.id join customer k on k.id = n.customer_id
        where p.id = certificate and n.state <> 'retired' order by k.name, n.name, n.id limit 1000) u),
    'swaps', (select coalesce(jsonb_agg(w), '[]') from (
      select s.id as "swapId", s.state, n.id as "connectionId", case when in_scope(n.customer_id) then n.name end as "connectionName"
        from swap s join connection n on n.id = s.connection_id
        where s.next_id = certificate and s.state not in ('done', 'cancelled', 'rolled-back') order by n.name, s.id limit 1000) w),
    'rollouts', (select coalesce(jsonb_agg(r.id order by r.proposed_at), '[]') from rollout r
      where r.next_id = certificate and r.state not in ('done', 'cancelled'))) into obstacles;
  if taken.retired_at is not null or taken.is_default or obstacles -> 'uses' <> '[]' or obstacles -> 'swaps' <> '[]'
    or obstacles -> 'rollouts' <> '[]' then return obstacles; end if;
  -- Slots that no connection in use has any more let go of it.
  update certificate_slot s set
      current_owner_id = case when s.current_id = certificate then null else s.current_owner_id end, current_id = nullif(s.current_id, certificate),
      next_owner_id = case when s.next_id = certificate then null else s.next_owner_id end, next_id = nullif(s.next_id, certificate),
      previous_owner_id = case when s.previous_id = certificate then null else s.previous_owner_id end, previous_id = nullif(s.previous_id, certificate)
    where certificate in (s.current_id, s.next_id, s.previous_id);
  get diagnostics freed = row_count;
  -- Certificates of one request have one key: it goes with the last of them. Who gives one back waits here.
  perform 1 from certificate_request r where r.id = taken.request_id for update;
  secret := taken.key_secret_id;
  shared := exists (select 1 from client_certificate o where o.key_secret_id = secret and o.id <> certificate);
  update client_certificate c set retired_at = clock_timestamp(), retired_by = retire_client_certificate.actor,
    retired_reason = retire_client_certificate.reason, key_secret_id = null where c.id = certificate;
  if not shared then
    select count(*) into copies from sealed_copy o where o.secret_id = secret;
    update certificate_request r set state = 'key-destroyed', key_secret_id = null where r.key_secret_id = secret;
    -- Its copies for other keys of connectors go with it.
    delete from sealed_secret s where s.id = secret;
    update client_certificate c set key_destroyed_at = clock_timestamp()
      where c.id = certificate or (c.request_id = taken.request_id and c.retired_at is not null and c.key_destroyed_at is null);
  end if;
  delete from revocation_use u where u.client_certificate_id = certificate;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (taken.customer_id, retire_client_certificate.actor, 'client-certificate.retired', 'client-certificate:' || certificate,
      jsonb_build_object('sha256', taken.sha256, 'name', taken.name, 'reason', retire_client_certificate.reason, 'keyDestroyed', not shared,
        'sealedRecordsDeleted', case when shared then 0 else 1 + copies end, 'slotsOfRetiredConnections', freed));
  return null;
end $$;
revoke all on function retire_client_certificate(uuid, text, text) from public;
grant execute on function retire_client_certificate(uuid, text, text) to sallyport_web;
grant select (retired_at, retired_by, retired_reason, key_destroyed_at) on client_certificate to sallyport_web;

-- To which certificate new connections are bound, where none is chosen. False: it is retired, not judged, or blocked.
create function make_certificate_default(certificate uuid, actor text) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  taken client_certificate%rowtype;
  before uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('sallyport.default-certificate', 0));
  select * into taken from client_certificate c where c.id = certificate and c.customer_id = operator_id() and in_scope(c.customer_id) for update;
  if not found then raise exception 'there is no such certificate of the operator' using errcode = 'no_data_found'; end if;
  if taken.is_default then return true; end if;
  if taken.retired_at is not null or taken.judged_at is null or taken.judgement @? '$.findings[*] ? (@.severity == "blocks")' then return false; end if;
  update client_certificate c set is_default = false where c.is_default returning c.id into before;
  update client_certificate c set is_default = true where c.id = certificate;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (operator_id(), make_certificate_default.actor, 'client-certificate.made-default', 'client-certificate:' || certificate,
      jsonb_build_object('sha256', taken.sha256, 'before', before));
  return true;
end $$;

-- A key whose connectors are gone for good: records move to a key that is held, and it is retired when nothing is sealed to it.
-- False: it is not current, somebody running holds it, or nobody running holds another.
create function take_seal_key_out(key text, actor text) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  other text;
begin
  perform 1 from seal_key k where k.id = key and k.state = 'current' for update;
  if not found then return false; end if;
  if exists (select 1 from connector c where key = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds') then return false; end if;
  select k.id into other from seal_key k where k.state = 'current' and k.id <> key and exists (
      select 1 from connector c where k.id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds')
    order by k.created_at desc limit 1;
  if other is null then return false; end if;
  update seal_key k set state = 'retiring', replaced_by = other, rotation_asked_at = coalesce(k.rotation_asked_at, now()),
    rotation_asked_by = coalesce(k.rotation_asked_by, take_seal_key_out.actor) where k.id = key;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (operator_id(), take_seal_key_out.actor, 'seal-key.taken-out', 'seal-key:' || key, jsonb_build_object('by', other));
  return true;
end $$;
revoke all on function make_certificate_default(uuid, text), take_seal_key_out(text, text) from public;
grant execute on function make_certificate_default(uuid, text), take_seal_key_out(text, text) to sallyport_web;
