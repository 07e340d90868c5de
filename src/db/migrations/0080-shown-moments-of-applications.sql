-- Providers are shown the later of an application's own change and its person's significant one, and ask for what changed since a
-- moment by it. It stands here, so that an index alone finds these applications.
alter table applications add column shown_updated_at timestamptz;

alter table applications disable trigger user;
update applications set shown_updated_at = greatest(applications.updated_at, users.significantly_updated_at)
  from users where users.id = applications.user_id;
alter table applications enable trigger user;
alter table applications alter column shown_updated_at set not null;

-- A person who changes at the same time is waited for where their own trigger would not see the application: when it is new to them.
create function set_application_shown_updated_at() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or new.user_id is distinct from old.user_id then
    perform from users where id = new.user_id for share;
  end if;
  select greatest(new.updated_at, significantly_updated_at) into new.shown_updated_at from users where id = new.user_id;
  return new;
end $$;
create trigger applications_shown_updated_at before insert or update of user_id, updated_at, shown_updated_at on applications
  for each row execute function set_application_shown_updated_at();

-- Planned anew each time: one person and a bulk load of a million want different plans.
create function show_change_of_users() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
declare
  people bigint[] := array(select id from rows_after join rows_before using (id)
    where rows_after.significantly_updated_at <> rows_before.significantly_updated_at);
begin
  if people <> '{}' then
    -- their own trigger sets it anew
    update applications set shown_updated_at = shown_updated_at where user_id = any(people);
  end if;
  return null;
end $$;
create trigger users_show_change after update on users referencing new table as rows_after old table as rows_before
  for each statement execute function show_change_of_users();

drop index applications_list;
create index applications_list on applications (lead_provider_id, created_at, id) include (cohort_id, shown_updated_at);
drop index applications_list_by_update;
create index applications_list_by_update on applications (lead_provider_id, updated_at, id) include (cohort_id, shown_updated_at);
create index applications_list_by_shown_update on applications (lead_provider_id, shown_updated_at) include (created_at, updated_at, id, cohort_id);
