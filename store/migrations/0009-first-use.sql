-- What a web tier that is taken over would try next: leading a credential that is there already to another host by a
-- new connection, putting terms in force by writing them so, and standing temporary tables in for real ones.
set local search_path to sallyport;

-- pg_temp is searched first unless it is named: named last, a temporary table never shadows a real one.
alter function take_terms_into_effect(uuid, integer, text, text) set search_path = sallyport, pg_temp;
alter function replace_credential(uuid, uuid) set search_path = sallyport, pg_temp;
alter function request_job(uuid, text) set search_path = sallyport, pg_temp;
alter function queue_state() set search_path = sallyport, pg_temp;

revoke insert on connection, terms from sallyport_web;
grant insert (customer_id, name, host, slot_id, credential_secret_id, is_sandbox) on connection to sallyport_web;
grant insert (customer_id, connection_id, version, document, sha256, weakens, written_by) on terms to sallyport_web;

-- In lower case, without port; null for what is no https URL, or one that carries a user.
create function host_of(url text) returns text language sql immutable parallel safe
  as $$ select lower(substring(url from '^https://(\[[^\]/]+\]|[^/:@]+)(?::[0-9]+)?(?:/|$)')) $$;

-- A credential serves one host for good, and a new connection brings one that was sealed for it just now. The
-- sandbox's is sealed at set-up: it serves the sandbox's host.
create function check_credential_of_new_connection() returns trigger
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  if exists (select 1 from connection c where c.credential_secret_id = new.credential_secret_id and c.host <> new.host) then
    raise exception 'this secret serves another host' using errcode = 'check_violation';
  end if;
  if not exists (select 1 from sealed_secret s where s.id = new.credential_secret_id and s.purpose = 'jira-credential'
    and (s.created_at > now() - interval '1 minute'
      or exists (select 1 from connection c where c.credential_secret_id = s.id)
      or exists (select 1 from setting where name = 'sandbox' and value ->> 'credentialSecretId' = s.id::text
        and host_of(value ->> 'baseUrl') = new.host))) then
    raise exception 'this secret cannot serve this connection' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger credential_stays_with_its_host before insert on connection for each row
  when (current_user = 'sallyport_web') execute function check_credential_of_new_connection();

-- Version 1 is in force as soon as it is written: so the host is compared here already.
create function check_host_of_terms() returns trigger
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  if not exists (select 1 from connection c where c.id = new.connection_id and c.host = host_of(new.document ->> 'baseUrl')) then
    raise exception 'terms name another host than their connection' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger terms_stay_with_their_host before insert on terms for each row
  when (current_user = 'sallyport_web') execute function check_host_of_terms();

-- Only kinds that are really deleted: sessions end by their own date, and the audit is kept for good.
update setting set value = '{"handshakeDays": 400, "callDays": 30}'
  where name = 'retention' and value = '{"handshakeDays": 400, "callDays": 30, "sessionDays": 30, "auditDays": null}';
