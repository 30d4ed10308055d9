-- Custody where connectors are lost for good, the end of uploads that nobody can open, and facts of a certificate that are
-- corrected after it came in.
set local search_path to sallyport;

alter table seal_key
  add column taken_out_at timestamptz,
  add column taken_out_by text,
  add column taken_out_reason text check (length(taken_out_reason) between 1 and 1000),
  add constraint taken_out_as_a_whole check (num_nonnulls(taken_out_at, taken_out_by, taken_out_reason) in (0, 3));

-- Nothing is sealed to a key that is retired, or was taken out because whoever holds it is gone. A row that names such a key
-- and holds nothing sealed is history: an upload that was judged.
create or replace function refuse_retired_key() returns trigger
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  found_key seal_key%rowtype;
begin
  if new.seal_key_id is null or new.sealed is null then return new; end if;
  select * into found_key from seal_key k where k.id = new.seal_key_id for share;
  if found_key.state = 'retired' then raise exception 'the key % is retired', new.seal_key_id using errcode = 'check_violation'; end if;
  if found_key.taken_out_at is not null then
    raise exception 'the key % was taken out of use', new.seal_key_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger not_to_a_retired_key on sealed_secret;
drop trigger not_to_a_retired_key on sealed_copy;
drop trigger not_to_a_retired_key on certificate_upload;
create trigger not_to_a_retired_key before insert or update of seal_key_id, sealed on sealed_secret for each row execute function refuse_retired_key();
create trigger not_to_a_retired_key before insert or update of seal_key_id, sealed on sealed_copy for each row execute function refuse_retired_key();
create trigger not_to_a_retired_key before insert or update of seal_key_id, sealed on certificate_upload for each row execute function refuse_retired_key();

-- A key whose connectors are gone for good. Null: taken out. Else what stands in the way, and nothing has changed: it is not in
-- use, somebody running holds it, nobody running holds another, or records that nobody else who runs could open.
drop function take_seal_key_out(text, text);
create function take_seal_key_out(key text, actor text, reason text, leave_unopened boolean) returns jsonb
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  found_state text;
  other text;
  holders jsonb;
  only_here bigint;
  records jsonb;
begin
  select k.state into found_state from seal_key k where k.id = key for update;
  select coalesce(jsonb_agg(c.id order by c.id), '[]') into holders from connector c
    where key = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds';
  select k.id into other from seal_key k where k.state = 'current' and k.id <> key and exists (
      select 1 from connector c where k.id = any(c.seal_keys) and c.heartbeat_at > now() - interval '15 seconds')
    order by k.created_at desc limit 1;
  with form as (
      select s.id, s.seal_key_id from sealed_secret s union all select c.secret_id, c.seal_key_id from sealed_copy c),
    lost as (
      select f.id from form f where f.seal_key_id = key and not exists (
        select 1 from form o join connector c on o.seal_key_id = any(c.seal_keys)
          where o.id = f.id and o.seal_key_id <> key and c.heartbeat_at > now() - interval '15 seconds'))
  select (select count(*) from lost), (select coalesce(jsonb_agg(n), '[]') from (
      select s.purpose, k.name as "customerName",
          coalesce(
            (select min(c.name) from client_certificate c where c.key_secret_id = s.id),
            (select min(r.name) from certificate_request r where r.key_secret_id = s.id),
            (select min(n.name) from connection n where s.id in (n.credential_secret_id, n.proxy_credential_secret_id))) as name
        from lost l join sealed_secret s on s.id = l.id join customer k on k.id = s.customer_id
        order by s.purpose, k.name, s.id limit 100) n)
    into only_here, records;
  if found_state is distinct from 'current' or holders <> '[]' or other is null or (only_here > 0 and not leave_unopened) then
    return jsonb_build_object('state', found_state, 'heldBy', holders, 'anotherIsHeld', other is not null,
      'onlyHere', only_here, 'records', records);
  end if;
  update seal_key k set state = 'retiring', replaced_by = other, taken_out_at = now(), taken_out_by = take_seal_key_out.actor,
    taken_out_reason = take_seal_key_out.reason where k.id = key;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (operator_id(), take_seal_key_out.actor, 'seal-key.taken-out', 'seal-key:' || key,
      jsonb_build_object('by', other, 'reason', take_seal_key_out.reason, 'leftUnopened', only_here));
  return null;
end $$;
revoke all on function take_seal_key_out(text, text, text, boolean) from public;
grant execute on function take_seal_key_out(text, text, text, boolean) to sallyport_web;

-- An upload that waits may be called back: what was sealed goes.
alter table certificate_upload drop constraint certificate_upload_state_check;
alter table certificate_upload add constraint certificate_upload_state_check check (state in ('waiting', 'taken', 'refused', 'cancelled'));
create function cancel_certificate_upload(upload uuid, actor text) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  owner uuid;
begin
  update certificate_upload u set state = 'cancelled', sealed = null, judged_at = now(), locked_until = null
    where u.id = upload and u.state = 'waiting' and in_scope(u.customer_id) returning u.customer_id into owner;
  if not found then return false; end if;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (owner, cancel_certificate_upload.actor, 'certificate-upload.cancelled', 'certificate-upload:' || upload, '{}');
  return true;
end $$;
revoke all on function cancel_certificate_upload(uuid, text) from public;
grant execute on function cancel_certificate_upload(uuid, text) to sallyport_web;
-- The name of a key, so that the console can say whether anybody who runs can open the upload.
grant select (seal_key_id) on certificate_upload to sallyport_web;

-- Facts that were forgotten or wrong when it came in: people ask, a connector judges anew and writes them, or says why not.
-- {wanted: {kind, domain, policy, anchorsPem}, askedBy, askedAt, state: waiting | refused, findings, judgedAt}
alter table client_certificate add column correction jsonb;
create function ask_certificate_correction(certificate uuid, actor text, wanted jsonb) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  owner uuid;
begin
  update client_certificate c set correction = jsonb_build_object('wanted', ask_certificate_correction.wanted,
      'askedBy', ask_certificate_correction.actor, 'askedAt', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'state', 'waiting')
    where c.id = certificate and c.retired_at is null and in_scope(c.customer_id) returning c.customer_id into owner;
  if not found then return false; end if;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (owner, ask_certificate_correction.actor, 'client-certificate.correction-asked', 'client-certificate:' || certificate,
      ask_certificate_correction.wanted - 'anchorsPem');
  return true;
end $$;
revoke all on function ask_certificate_correction(uuid, text, jsonb) from public;
grant execute on function ask_certificate_correction(uuid, text, jsonb) to sallyport_web;
grant select (correction, anchors_pem) on client_certificate to sallyport_web;
grant update (kind, domain, policy, anchors_pem, correction) on client_certificate to sallyport_connector;
