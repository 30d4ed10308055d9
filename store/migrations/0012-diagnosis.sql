-- What the doctor found, and since when the far side has been seen to refuse whom it should.
set local search_path to sallyport;

create table diagnosis (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  connection_id uuid not null,
  at timestamptz not null,
  -- Who asked: a person, or a connection that began to fail.
  asked_by text not null check (asked_by in ('person', 'failure')),
  negative_probes boolean not null,
  terms_sha256 text not null,
  connector_id text not null,
  verdict text not null check (verdict in ('works', 'weak', 'fails')),
  -- Of the first finding; null where there is none.
  top_rule text,
  top_actor text,
  handshakes integer not null,
  requests integer not null,
  milliseconds integer not null,
  -- Findings, enforcement, probes and observations.
  document jsonb not null,
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);
create index diagnosis_of_connection on diagnosis (connection_id, at desc);
create index diagnosis_at on diagnosis (at);

-- Since when a connection without, and one with a wrong certificate is seen to be refused; null while that is not
-- proven, or was disproven. What was seen last stands beside.
alter table connection add column refuses_none_since timestamptz;
alter table connection add column refuses_wrong_since timestamptz;
alter table connection add column enforcement jsonb;

alter table diagnosis enable row level security;
create policy own_rows on diagnosis using (in_scope(customer_id)) with check (in_scope(customer_id));
grant select on diagnosis to sallyport_web;
grant select, insert, delete on diagnosis to sallyport_connector;
grant update (refuses_none_since, refuses_wrong_since, enforcement) on connection to sallyport_connector;

create or replace function request_job(connection_id uuid, kind text) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  found_connection connection%rowtype;
  egress text;
begin
  if kind not in ('sync', 'proof', 'doctor') then raise exception 'no such job' using errcode = 'check_violation'; end if;
  select c.* into found_connection from connection c where c.id = request_job.connection_id and in_scope(c.customer_id);
  if not found then raise exception 'no such connection' using errcode = 'no_data_found'; end if;
  select t.document ->> 'egressGroup' into egress from terms t
    where t.connection_id = found_connection.id and t.version = found_connection.terms_version;
  perform graphile_worker.add_job(kind || ':' || egress,
    json_build_object('connectionId', found_connection.id, 'customerId', found_connection.customer_id),
    job_key := kind || ':' || found_connection.id, job_key_mode := 'preserve_run_at', max_attempts := 25);
end $$;
