-- What was done, by whom; written in the transaction that does it, linked into one hash chain for each customer.
set local search_path to sallyport;

create table audit_event (
  id bigint generated always as identity primary key,
  customer_id uuid not null references customer,
  at timestamptz not null default clock_timestamp(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}',
  -- Given by the sequencer, after the event is committed: place in the customer's chain, and the hash over the one
  -- before and this one.
  sequence bigint,
  chain_sha256 bytea,
  unique (customer_id, sequence)
);
create index audit_event_unlinked on audit_event (id) where sequence is null;

-- Append only, for everyone but the sequencer's two columns.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.sequence is null and new.sequence is not null
    and (old.id, old.customer_id, old.at, old.actor, old.action, old.subject, old.detail)
      = (new.id, new.customer_id, new.at, new.actor, new.action, new.subject, new.detail) then
    return new;
  end if;
  raise exception 'audit events are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit_event for each row execute function audit_is_append_only();

alter table audit_event enable row level security;
create policy own_rows on audit_event using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select on audit_event to sallyport_web, sallyport_connector;
grant insert (customer_id, actor, action, subject, detail) on audit_event to sallyport_web, sallyport_connector;
grant update (sequence, chain_sha256) on audit_event to sallyport_connector;

-- Terms take effect by this function only: a weakening needs an approver, and approval names the hash.
create function take_terms_into_effect(connection uuid, terms_version integer, terms_sha256 text, approver text) returns void
  language plpgsql security definer set search_path = sallyport as $$
declare
  found_terms terms%rowtype;
begin
  select t.* into found_terms from terms t
    where t.connection_id = take_terms_into_effect.connection and t.version = take_terms_into_effect.terms_version and in_scope(t.customer_id) for update;
  if not found or found_terms.sha256 <> terms_sha256 then
    raise exception 'no such terms' using errcode = 'no_data_found';
  end if;
  -- Whatever new terms say, a connection stays with its host: its credential cannot be led elsewhere.
  if not exists (select 1 from connection c where c.id = take_terms_into_effect.connection
    and c.host = lower(substring(found_terms.document ->> 'baseUrl' from '^https://(\[[^\]/]+\]|[^/:@]+)(?::[0-9]+)?(?:/|$)'))) then
    raise exception 'terms name another host than their connection' using errcode = 'check_violation';
  end if;
  if cardinality(found_terms.weakens) > 0 and approver is null then
    raise exception 'terms that weaken need an approver' using errcode = 'check_violation';
  end if;
  update terms set effective_at = coalesce(effective_at, clock_timestamp()), approved_by = approver
    where connection_id = take_terms_into_effect.connection and version = take_terms_into_effect.terms_version;
  update connection c set terms_version = take_terms_into_effect.terms_version where c.id = take_terms_into_effect.connection;
end $$;
revoke all on function take_terms_into_effect(uuid, integer, text, text) from public;
grant execute on function take_terms_into_effect(uuid, integer, text, text) to sallyport_web;
