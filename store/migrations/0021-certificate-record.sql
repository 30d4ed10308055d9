-- What people look up of one certificate: its history by subject, and where its sealed key lies.
set local search_path to sallyport;

create index audit_event_of_subject on audit_event (subject, id);
create index swap_of_next on swap (next_id);
create index swap_of_current on swap (current_id);

-- Which keys of connectors the certificate's key is sealed to. The web tier may know that, and not which record it is.
create function certificate_seal_keys(certificate uuid) returns table (seal_key_id text)
  language sql stable security definer set search_path = sallyport, pg_temp as $$
  select s.seal_key_id from client_certificate c join sealed_secret s on s.customer_id = c.customer_id and s.id = c.key_secret_id
    where c.id = certificate and (in_scope(c.customer_id) or c.customer_id = operator_id())
  union
  select o.seal_key_id from client_certificate c join sealed_copy o on o.customer_id = c.customer_id and o.secret_id = c.key_secret_id
    where c.id = certificate and (in_scope(c.customer_id) or c.customer_id = operator_id())
$$;
revoke all on function certificate_seal_keys(uuid) from public;
grant execute on function certificate_seal_keys(uuid) to sallyport_web, sallyport_connector;
