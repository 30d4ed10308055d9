-- One instant for both: between two readings of the clock a microsecond may pass, and 72 hours were then too long.
set local search_path to sallyport;

create or replace function approve_softening(softening uuid, person uuid) returns void
  language plpgsql security definer set search_path = sallyport, pg_temp as $$
declare
  at timestamptz := clock_timestamp();
begin
  update revocation_softening s set approved_by = person, approved_at = at, ends_at = at + make_interval(hours => s.hours)
    where s.id = softening and s.approved_by is null and s.ended_at is null
      and s.proposed_by <> person and s.proposed_at > at - interval '24 hours';
  if not found then raise exception 'this softening cannot be approved by this person' using errcode = 'check_violation'; end if;
end $$;
