-- Moving a slot's pointer: one fenced write each way, told to all connectors at once.
set local search_path to sallyport;

-- Since when each pointer stands, and the generations whose certificate the far side refused.
alter table certificate_slot
  add column moved_at timestamptz,
  -- Until then the certificate before stays ready to go back to.
  add column window_ends_at timestamptz,
  add column refused_generations bigint[] not null default '{}';
