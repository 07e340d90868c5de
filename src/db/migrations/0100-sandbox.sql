-- What a sandbox keeps beside the data: how far each provider's own day is ahead of the calendar, and the numbers for people that it invents.
create table sandbox_clocks (
  lead_provider_id bigint primary key references lead_providers,
  days_ahead integer not null default 0 check (days_ahead >= 0)
);
create sequence sandbox_trns minvalue 7000000 maxvalue 7899999 cycle;

-- Providers see tokens of their own, by an id that tells nothing of others.
alter table api_tokens add public_id uuid not null default gen_random_uuid() unique;

-- How long a call took is shown to who sent it.
alter table api_request_audits add duration_ms integer;
