-- Who is a participant of whom: one row for each person and provider with an accepted application between them. The database
-- keeps it, so that a provider's list, in any of its orders and since any moment, comes from one index.
create table participations (
  lead_provider_id bigint not null references lead_providers,
  user_id bigint not null references users on delete cascade,
  -- of the person
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- the latest significant change of the person, of any of their applications and of any of their id changes
  changed_at timestamptz not null,
  primary key (lead_provider_id, user_id)
);
create index participations_list on participations (lead_provider_id, created_at, user_id) include (updated_at, changed_at);
create index participations_list_by_update on participations (lead_provider_id, updated_at, user_id) include (created_at, changed_at);
create index participations_list_by_change on participations (lead_provider_id, changed_at) include (created_at, updated_at, user_id);
create index participations_by_user on participations (user_id);

-- The participants of a provider whose training has a status.
create index applications_by_training on applications (lead_provider_id, training_status, user_id)
  where lead_provider_approval_status = 'accepted';

-- Planned anew each time: one person and a bulk load of a million want different plans.
create function refresh_participations(people bigint[]) returns void language plpgsql set plan_cache_mode = force_custom_plan as $$
begin
  -- whoever changes the same people at the same time waits here, and then counts what we changed
  perform from participations where user_id = any(people) order by user_id, lead_provider_id for update;
  delete from participations p
    where p.user_id = any(people) and not exists (
      select from applications a
      where a.user_id = p.user_id and a.lead_provider_id = p.lead_provider_id and a.lead_provider_approval_status = 'accepted');
  insert into participations as p (lead_provider_id, user_id, created_at, updated_at, changed_at)
    select accepted.lead_provider_id, u.id, u.created_at, u.updated_at, greatest(u.significantly_updated_at, own.latest, held.latest)
    from users u
    join (select distinct user_id, lead_provider_id from applications
      where user_id = any(people) and lead_provider_approval_status = 'accepted') accepted on accepted.user_id = u.id
    join (select user_id, max(updated_at) as latest from applications where user_id = any(people) group by user_id) own on own.user_id = u.id
    left join (select user_id, max(updated_at) as latest from participant_id_changes where user_id = any(people) group by user_id) held
      on held.user_id = u.id
    where u.id = any(people)
    order by u.id, accepted.lead_provider_id
  on conflict (lead_provider_id, user_id) do update
    set created_at = excluded.created_at, updated_at = excluded.updated_at, changed_at = excluded.changed_at
    where (p.created_at, p.updated_at, p.changed_at) is distinct from (excluded.created_at, excluded.updated_at, excluded.changed_at);
end $$;

create function refresh_participations_of_rows() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    perform refresh_participations(array(select user_id from rows_after union select user_id from rows_before));
  elsif tg_op = 'INSERT' then
    perform refresh_participations(array(select distinct user_id from rows_after));
  else
    perform refresh_participations(array(select distinct user_id from rows_before));
  end if;
  return null;
end $$;

create trigger applications_insert_participations after insert on applications referencing new table as rows_after
  for each statement execute function refresh_participations_of_rows();
create trigger applications_update_participations after update on applications referencing new table as rows_after old table as rows_before
  for each statement execute function refresh_participations_of_rows();
create trigger applications_delete_participations after delete on applications referencing old table as rows_before
  for each statement execute function refresh_participations_of_rows();

create trigger id_changes_insert_participations after insert on participant_id_changes referencing new table as rows_after
  for each statement execute function refresh_participations_of_rows();
create trigger id_changes_update_participations after update on participant_id_changes referencing new table as rows_after old table as rows_before
  for each statement execute function refresh_participations_of_rows();
create trigger id_changes_delete_participations after delete on participant_id_changes referencing old table as rows_before
  for each statement execute function refresh_participations_of_rows();

create function refresh_participations_of_users() returns trigger language plpgsql as $$
begin
  perform refresh_participations(array(select id from rows_after));
  return null;
end $$;
create trigger users_update_participations after update on users referencing new table as rows_after
  for each statement execute function refresh_participations_of_users();

select refresh_participations(array(select distinct user_id from applications where lead_provider_approval_status = 'accepted'));
