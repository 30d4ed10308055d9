-- A request for a certificate: what was said of it wrongly is corrected while it is open, and it is given up with a reason.
set local search_path to sallyport;

-- Given up: its key goes, unless a certificate was made for it. Why stands in the audit and with the request.
alter table certificate_request add column withdrawn_reason text check (length(withdrawn_reason) between 1 and 1000);
drop function withdraw_certificate_request(uuid, text);
create function withdraw_certificate_request(request uuid, actor text, reason text) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  taken certificate_request%rowtype;
begin
  select * into taken from certificate_request r where r.id = request and in_scope(r.customer_id) and r.state in ('making-key', 'open', 'failed') for update;
  if not found then raise exception 'there is no such open request' using errcode = 'no_data_found'; end if;
  if exists (select 1 from client_certificate c where c.request_id = request) then
    raise exception 'a certificate was made for this request' using errcode = 'check_violation';
  end if;
  update certificate_request r set state = 'withdrawn', key_secret_id = null, withdrawn_reason = withdraw_certificate_request.reason where r.id = request;
  delete from sealed_secret s where s.id = taken.key_secret_id;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (taken.customer_id, withdraw_certificate_request.actor, 'certificate-request.withdrawn', 'certificate-request:' || request,
      jsonb_build_object('reason', withdraw_certificate_request.reason, 'keyDestroyed', taken.key_secret_id is not null));
end $$;
revoke all on function withdraw_certificate_request(uuid, text, text) from public;
grant execute on function withdraw_certificate_request(uuid, text, text) to sallyport_web;

-- Corrected: facts that a certificate to come is judged by, and what people call it. Key, names and owner stay: the request that
-- lies at the authority has them. False where it takes no certificate any more; then the certificate itself is corrected.
create function correct_certificate_request(request uuid, actor text, changed jsonb) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  before certificate_request%rowtype;
begin
  select * into before from certificate_request r where r.id = request and in_scope(r.customer_id) and r.state in ('making-key', 'open') for update;
  if not found or exists (select 1 from client_certificate c where c.request_id = request) then return false; end if;
  update certificate_request r set
      kind = coalesce(changed ->> 'kind', r.kind), name = coalesce(changed ->> 'name', r.name), policy = coalesce(changed ->> 'policy', r.policy),
      domain = case when changed ? 'domain' then changed ->> 'domain' else r.domain end,
      anchors_pem = case when changed ? 'anchorsPem' then changed ->> 'anchorsPem' else r.anchors_pem end,
      contacts = case when changed ? 'contacts' then changed -> 'contacts' else r.contacts end
    where r.id = request;
  insert into audit_event (customer_id, actor, action, subject, detail)
    values (before.customer_id, correct_certificate_request.actor, 'certificate-request.corrected', 'certificate-request:' || request,
      jsonb_build_object('before', jsonb_build_object('kind', before.kind, 'name', before.name, 'domain', before.domain, 'policy', before.policy),
        'now', changed - 'anchorsPem', 'rootsChanged', changed ? 'anchorsPem'));
  return true;
end $$;
revoke all on function correct_certificate_request(uuid, text, jsonb) from public;
grant execute on function correct_certificate_request(uuid, text, jsonb) to sallyport_web;
