-- A connection that is paused, resumed or retired changes what its swap may do: it is looked at then, and not half a minute later.
set local search_path to sallyport;

create function swap_of_connection_to_be_looked_at() returns trigger language plpgsql security definer set search_path = sallyport, pg_temp as $$
begin
  update swap set next_look_at = now() where connection_id = new.id and state not in ('done', 'cancelled', 'rolled-back');
  if found then perform pg_notify('sallyport_swap', ''); end if;
  return null;
end $$;
revoke all on function swap_of_connection_to_be_looked_at() from public;
create trigger look_at_swap after update of state on connection for each row when (old.state is distinct from new.state)
  execute function swap_of_connection_to_be_looked_at();
