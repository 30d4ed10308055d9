-- A further person comes by a one-time link that somebody who is there already has made; each chooses a password of their own.
set local search_path to sallyport;

-- Null: the link for the first operator, which ends when there is anybody.
alter table sign_in_link add column invited_by uuid references person on delete cascade;
