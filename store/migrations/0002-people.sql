-- Who may sign in. Only hashes of sessions, tokens and one-time links are kept.
set local search_path to sallyport;

create table person (
  id uuid primary key default gen_random_uuid(),
  email text not null check (length(email) <= 254),
  name text not null check (length(name) between 1 and 200),
  -- argon2id, in the PHC string form, which carries its own parameters and salt.
  password_hash text not null,
  created_at timestamptz not null default now()
);
create unique index person_email on person (lower(email));

create table session (
  token_sha256 bytea primary key,
  person_id uuid not null references person on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table api_token (
  id uuid primary key default gen_random_uuid(),
  token_sha256 bytea not null unique,
  -- Null for the token that automation brought at first start.
  person_id uuid references person on delete cascade,
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table sign_in_link (
  token_sha256 bytea primary key,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sign_in_attempt (
  -- An address, or an e-mail address in lower case: both are throttled.
  subject text not null,
  at timestamptz not null default now()
);
create index sign_in_attempt_subject on sign_in_attempt (subject, at);

grant select, insert, update, delete on person, session, api_token, sign_in_link, sign_in_attempt to sallyport_web;
grant select, delete on session, sign_in_attempt to sallyport_connector;
