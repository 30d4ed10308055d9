-- A new credential for a connection: only one that was sealed just now for this customer and serves no other
-- connection. A web tier that is taken over cannot point a connection at another one's secret.
set local search_path to sallyport;

create function replace_credential(connection uuid, secret uuid) returns void
  language plpgsql security definer set search_path = sallyport as $$
begin
  update connection c set credential_secret_id = secret
    where c.id = replace_credential.connection and in_scope(c.customer_id)
      and exists (select 1 from sealed_secret s where s.id = secret and s.customer_id = c.customer_id
        and s.purpose = 'jira-credential' and s.created_at > now() - interval '1 minute')
      and not exists (select 1 from connection other where other.credential_secret_id = secret);
  if not found then raise exception 'this secret cannot serve this connection' using errcode = 'check_violation'; end if;
end $$;
revoke all on function replace_credential(uuid, uuid) from public;
grant execute on function replace_credential(uuid, uuid) to sallyport_web;
