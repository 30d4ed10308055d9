-- What a sync leaves out, and until when it waits, where people can see them.
set local search_path to sallyport;

alter table sync_state add column resume_at timestamptz;

-- What was odd about an issue: it could not be kept, or was kept without a part. Gone as soon as it is read without.
create table issue_fault (
  customer_id uuid not null,
  connection_id uuid not null,
  -- Id or key, whichever was there.
  issue text not null,
  code text not null,
  -- Empty where it is about the whole issue.
  field text not null,
  message text not null,
  -- The issue could not be kept at all.
  refused boolean not null,
  seen_at timestamptz not null default now(),
  primary key (connection_id, issue, code, field),
  foreign key (customer_id, connection_id) references connection (customer_id, id)
);
alter table issue_fault enable row level security;
create policy own_rows on issue_fault using (in_scope(customer_id)) with check (in_scope(customer_id));
grant select on issue_fault to sallyport_web;
grant select, insert, update, delete on issue_fault to sallyport_connector;
