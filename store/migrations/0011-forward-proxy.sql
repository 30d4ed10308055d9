-- A forward proxy's credential: sealed apart from Jira's, for one connection, and put in place only by a function that
-- checks. For which proxy it is stands inside what is sealed: a web tier that is taken over can neither read nor change that.
set local search_path to sallyport;

alter table sealed_secret drop constraint sealed_secret_purpose_check;
alter table sealed_secret add constraint sealed_secret_purpose_check
  check (purpose in ('client-key', 'jira-credential', 'proxy-credential'));

-- Null: the proxy is shown none, or there is no proxy. Not among the columns that the web tier may write.
alter table connection add column proxy_credential_secret_id uuid;
alter table connection add foreign key (customer_id, proxy_credential_secret_id) references sealed_secret (customer_id, id);

create function replace_proxy_credential(connection uuid, secret uuid) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update connection c set proxy_credential_secret_id = secret
    where c.id = replace_proxy_credential.connection and in_scope(c.customer_id)
      and exists (select 1 from sealed_secret s where s.id = secret and s.customer_id = c.customer_id
        and s.purpose = 'proxy-credential' and s.created_at > now() - interval '1 minute')
      and not exists (select 1 from connection other where other.proxy_credential_secret_id = secret);
  if not found then raise exception 'this secret cannot serve this connection' using errcode = 'check_violation'; end if;
end $$;
revoke all on function replace_proxy_credential(uuid, uuid) from public;
grant execute on function replace_proxy_credential(uuid, uuid) to sallyport_web;
