-- The web tier asks for work by one function, which takes a connection and a kind and nothing else: a web tier that is
-- taken over cannot write another payload, and connectors look up everything else in the terms.
set local search_path to sallyport;

create function request_job(connection_id uuid, kind text) returns void
  language plpgsql security definer set search_path = sallyport as $$
declare
  found_connection connection%rowtype;
  egress text;
begin
  if kind not in ('sync', 'proof') then raise exception 'no such job' using errcode = 'check_violation'; end if;
  select c.* into found_connection from connection c where c.id = request_job.connection_id and in_scope(c.customer_id);
  if not found then raise exception 'no such connection' using errcode = 'no_data_found'; end if;
  select t.document ->> 'egressGroup' into egress from terms t
    where t.connection_id = found_connection.id and t.version = found_connection.terms_version;
  perform graphile_worker.add_job(kind || ':' || egress,
    json_build_object('connectionId', found_connection.id, 'customerId', found_connection.customer_id),
    job_key := kind || ':' || found_connection.id, job_key_mode := 'preserve_run_at', max_attempts := 25);
end $$;
-- How much work waits, and how long the longest: numbers only.
create function queue_state() returns table (length bigint, age double precision)
  language plpgsql security definer set search_path = sallyport as $$
begin
  return query select count(*), extract(epoch from now() - min(j.run_at))::double precision
    from graphile_worker._private_jobs j where j.run_at <= now() and j.locked_at is null;
end $$;

-- They run as the connectors' role, which owns the queue.
grant create on schema sallyport to sallyport_connector;
alter function request_job(uuid, text) owner to sallyport_connector;
alter function queue_state() owner to sallyport_connector;
revoke create on schema sallyport from sallyport_connector;
revoke all on function request_job(uuid, text) from public;
grant execute on function request_job(uuid, text) to sallyport_web, sallyport_connector;
revoke all on function queue_state() from public;
grant execute on function queue_state() to sallyport_web, sallyport_connector;
