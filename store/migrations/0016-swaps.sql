-- Swaps of client certificates, and rollouts of one certificate to many connections. The web tier proposes, approves and
-- asks; only connectors change a state, by the guards of pure/lifecycle, in one transaction with the pointer they move.
set local search_path to sallyport;

-- A canary shows the far side another certificate than the one that serves: it is no proof of the connection.
alter table handshake drop constraint handshake_purpose_check;
alter table handshake add constraint handshake_purpose_check check (purpose in ('check', 'proof', 'sync', 'canary'));
-- So that a swap can name a slot of its own connection only.
alter table connection add constraint connection_and_slot unique (id, slot_id);

-- When the operator changes things, and when not; the customer's calendar is in the terms.
create table operator_calendar (
  only_row boolean primary key default true check (only_row),
  document jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null default now()
);

create table rollout (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null default operator_id() references customer check (customer_id = operator_id()),
  next_owner_id uuid not null,
  next_id uuid not null,
  state text not null default 'canaries' check (state in ('canaries', 'ready', 'moving', 'stopped', 'done', 'cancelled')),
  state_since timestamptz not null default now(),
  -- {code, message, actor}
  reason jsonb,
  cohort integer not null default 0,
  -- [{connections} or {percent}]
  cohorts jsonb not null,
  cohort_started jsonb not null default '{}',
  canary_at timestamptz not null,
  window_starts_at timestamptz not null,
  window_ends_at timestamptz not null check (window_ends_at > window_starts_at),
  observation_seconds integer not null check (observation_seconds between 1 and 604800),
  matching text check (matching in ('ca-and-name', 'leaf')),
  emergency boolean not null default false,
  proposed_by text not null,
  proposed_at timestamptz not null default now(),
  -- Of exactly this certificate in this window.
  approved_by text,
  approved_at timestamptz,
  go_on_asked_at timestamptz,
  -- Names of connections that were left out, since a swap of theirs was under way.
  left_out jsonb not null default '[]',
  foreign key (next_owner_id, next_id) references client_certificate (customer_id, id)
);

create table swap (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  connection_id uuid not null,
  slot_id uuid not null,
  rollout_id uuid references rollout,
  rollout_place integer,
  cohort integer,
  state text not null default 'proposed' check (state in ('proposed', 'validated', 'trust-announced', 'canary', 'scheduled',
    'active', 'observed', 'done', 'cancelled', 'rolled-back', 'blocked')),
  state_since timestamptz not null default now(),
  blocked_in text,
  reason jsonb,
  resume_asked_at timestamptz,
  -- The slot's generation that it begins with, and the one that its activation made.
  generation bigint not null,
  active_generation bigint,
  current_owner_id uuid,
  current_id uuid,
  next_owner_id uuid not null,
  next_id uuid not null,
  matching text check (matching in ('ca-and-name', 'leaf')),
  emergency boolean not null default false,
  window_starts_at timestamptz,
  window_ends_at timestamptz,
  change_number text check (length(change_number) <= 100),
  note text check (length(note) <= 1000),
  trusted_at timestamptz,
  trusted_by text,
  canary_at timestamptz,
  canary_asked_at timestamptz,
  -- What each address made of both certificates; with the fingerprint and the terms it was made with.
  canary jsonb,
  activated_at timestamptz,
  observation_seconds integer not null default 900 check (observation_seconds between 1 and 604800),
  -- {accepted, lastAcceptedAt, lastTriedAt, lastMessage}
  observation jsonb,
  finish_asked_at timestamptz,
  proposed_by text not null,
  proposed_at timestamptz not null default now(),
  -- Who works on it now; a connector that is silent loses it.
  worked_by text,
  worked_until timestamptz,
  next_look_at timestamptz not null default now(),
  unique (customer_id, id),
  foreign key (customer_id, connection_id) references connection (customer_id, id),
  foreign key (connection_id, slot_id) references connection (id, slot_id),
  foreign key (customer_id, slot_id) references certificate_slot (customer_id, id),
  foreign key (current_owner_id, current_id) references client_certificate (customer_id, id),
  foreign key (next_owner_id, next_id) references client_certificate (customer_id, id),
  check (next_owner_id in (customer_id, operator_id())),
  check ((window_starts_at is null) = (window_ends_at is null)),
  check ((state = 'blocked') = (blocked_in is not null))
);
-- One at a time for each slot, and so for each connection.
create unique index swap_one_open on swap (slot_id) where state not in ('done', 'cancelled', 'rolled-back');
create index swap_due on swap (next_look_at) where state not in ('done', 'cancelled', 'rolled-back');
create index swap_of_connection on swap (connection_id, proposed_at desc);
create index swap_of_rollout on swap (rollout_id, rollout_place) where rollout_id is not null;

-- Evidence of each step, append only.
create table swap_event (
  id bigint generated always as identity primary key,
  customer_id uuid not null,
  swap_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  from_state text,
  to_state text not null,
  step text not null,
  actor text not null,
  evidence jsonb not null default '{}',
  foreign key (customer_id, swap_id) references swap (customer_id, id)
);
create index swap_event_of_swap on swap_event (swap_id, id);

-- Of one certificate, one window and one text of the terms. Never changed: what does not fit any more does not bind.
create table swap_approval (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  swap_id uuid not null,
  side text not null check (side in ('operator', 'customer')),
  by text not null,
  by_name text,
  at timestamptz not null default now(),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  window_starts_at timestamptz not null,
  window_ends_at timestamptz not null,
  terms_sha256 text not null check (terms_sha256 ~ '^[0-9a-f]{64}$'),
  foreign key (customer_id, swap_id) references swap (customer_id, id)
);
create index swap_approval_of_swap on swap_approval (swap_id);

-- What people ask for. The web tier cannot move a pointer or a state, it can only write this; a connector answers.
create table swap_request (
  id uuid primary key default gen_random_uuid(),
  customer_id uuid not null,
  swap_id uuid not null,
  ask text not null check (ask in ('trusted', 'canary-at', 'canary', 'schedule', 'activate', 'roll-back', 'finish', 'resume', 'cancel')),
  detail jsonb not null default '{}',
  by text not null,
  at timestamptz not null default now(),
  answered_at timestamptz,
  refusal jsonb,
  foreign key (customer_id, swap_id) references swap (customer_id, id)
);
create index swap_request_open on swap_request (swap_id) where answered_at is null;

create function swap_to_be_looked_at() returns trigger language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  if tg_table_name <> 'swap' then update swap set next_look_at = now() where id = new.swap_id; end if;
  perform pg_notify('sallyport_swap', '');
  return null;
end $$;
create trigger look after insert on swap for each row execute function swap_to_be_looked_at();
create trigger look after insert on swap_request for each row execute function swap_to_be_looked_at();
create trigger look after insert on swap_approval for each row execute function swap_to_be_looked_at();

-- The operator's word for all swaps of a rollout, of exactly what is proposed; each of them gets its own approval.
create function approve_rollout(rollout uuid, person text, person_name text, fingerprint text, starts_at timestamptz, ends_at timestamptz)
  returns integer language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  approved integer;
begin
  update rollout r set approved_by = person, approved_at = clock_timestamp()
    from client_certificate c where r.id = approve_rollout.rollout and c.customer_id = r.next_owner_id and c.id = r.next_id
      and r.state not in ('done', 'cancelled') and in_scope(r.customer_id)
      and c.sha256 = fingerprint and r.window_starts_at = starts_at and r.window_ends_at = ends_at;
  if not found then raise exception 'this is not what the rollout proposes' using errcode = 'check_violation'; end if;
  insert into swap_approval (customer_id, swap_id, side, by, by_name, sha256, window_starts_at, window_ends_at, terms_sha256)
    select s.customer_id, s.id, 'operator', person, person_name, fingerprint, starts_at, ends_at, t.sha256
    from swap s join connection c on c.id = s.connection_id
    join terms t on t.customer_id = c.customer_id and t.connection_id = c.id and t.version = c.terms_version
    where s.rollout_id = approve_rollout.rollout and s.state not in ('done', 'cancelled', 'rolled-back');
  get diagnostics approved = row_count;
  return approved;
end $$;
-- To begin without the canaries that are missing, to stop, to go on, to end: what people may ask of a rollout.
create function ask_rollout(rollout uuid, ask text, why jsonb) returns boolean
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update rollout r set state_since = case when r.state = wanted.state then r.state_since else clock_timestamp() end,
      state = wanted.state, go_on_asked_at = case when ask in ('begin', 'resume') then clock_timestamp() else r.go_on_asked_at end,
      reason = case when ask in ('begin', 'resume') then null else why end
    from (select x.id, case ask when 'begin' then x.state when 'resume' then 'moving' when 'stop' then 'stopped' else 'cancelled' end as state
      from rollout x where x.id = ask_rollout.rollout and in_scope(x.customer_id)
        and case ask when 'begin' then x.state in ('canaries', 'ready') when 'resume' then x.state = 'stopped'
          when 'stop' then x.state = 'moving' when 'cancel' then x.state not in ('done', 'cancelled') else false end) wanted
    where r.id = wanted.id;
  if not found then return false; end if;
  perform pg_notify('sallyport_swap', '');
  return true;
end $$;
revoke all on function approve_rollout(uuid, text, text, text, timestamptz, timestamptz), ask_rollout(uuid, text, jsonb), swap_to_be_looked_at() from public;
grant execute on function approve_rollout(uuid, text, text, text, timestamptz, timestamptz), ask_rollout(uuid, text, jsonb) to sallyport_web;

alter table rollout enable row level security;
alter table swap enable row level security;
alter table swap_event enable row level security;
alter table swap_approval enable row level security;
alter table swap_request enable row level security;
create policy own_rows on rollout using (in_scope(customer_id) or customer_id = operator_id()) with check (in_scope(customer_id));
create policy own_rows on swap using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on swap_event using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on swap_approval using (in_scope(customer_id)) with check (in_scope(customer_id));
create policy own_rows on swap_request using (in_scope(customer_id)) with check (in_scope(customer_id));

grant select on operator_calendar, rollout, swap, swap_event, swap_approval, swap_request to sallyport_web, sallyport_connector;
grant insert, update on operator_calendar to sallyport_web;
-- Nothing that a state follows from: those columns begin as they stand above.
grant insert (id, next_owner_id, next_id, cohorts, canary_at, window_starts_at, window_ends_at, observation_seconds, matching,
  emergency, left_out, proposed_by) on rollout to sallyport_web;
grant insert (id, customer_id, connection_id, slot_id, rollout_id, rollout_place, generation, current_owner_id, current_id, next_owner_id,
  next_id, matching, emergency, window_starts_at, window_ends_at, change_number, note, canary_at, observation_seconds, proposed_by)
  on swap to sallyport_web;
grant insert (customer_id, swap_id, side, by, by_name, sha256, window_starts_at, window_ends_at, terms_sha256) on swap_approval to sallyport_web;
grant insert (id, customer_id, swap_id, ask, detail, by) on swap_request to sallyport_web;
grant update on rollout, swap to sallyport_connector;
grant insert (customer_id, swap_id, from_state, to_state, step, actor, evidence) on swap_event to sallyport_connector;
grant update (answered_at, refusal) on swap_request to sallyport_connector;
