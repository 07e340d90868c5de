-- What changed of what a provider may see: one row for each provider, resource and transaction, in the order in which transactions began.
-- A provider reads its own from the primary key alone. Transactions are numbered by each server for itself: what was brought here from
-- another one is read by nobody. Providers never go, so nothing checks that they are there.
create table changes (
  lead_provider_id bigint not null,
  system bigint not null,
  transaction xid8 not null,
  id bigint generated always as identity,
  public_id uuid not null default gen_random_uuid(),
  resource text not null check (resource in ('application', 'participant', 'declaration', 'outcome', 'statement', 'delivery_partner')),
  resource_id uuid not null,
  -- whether the resource came into what the provider sees, is still there, or is not any more
  kind text not null check (kind in ('created', 'updated', 'removed')),
  -- what the resource is made of, as table.column, where it changed; empty where it came or went
  columns text[] not null,
  author text,
  created_at timestamptz not null,
  primary key (lead_provider_id, system, transaction, id)
);
-- What is pruned.
create index changes_by_time on changes (created_at);
create trigger changes_never_change before update on changes for each row execute function refuse_change();

-- Whatever was done by a transaction with a lower number has ended, and is seen or undone: the oldest transaction that runs in this
-- database as this statement sees it, or the next one to come. What runs in other databases of the server holds up nothing here; of a
-- transaction that nobody knows any more, since it has just ended, nothing is assumed.
create function told_before() returns xid8 stable language sql as $$
  select coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot()))
  from pg_snapshot_xip(pg_current_snapshot()) as running
  where not exists (
    select from pg_stat_activity where backend_xid = running::xid and datname <> current_database())
$$;

-- The transaction that wrote a row of the history; null for those from before.
alter table versions add column transaction xid8;
alter table versions alter column transaction set default pg_current_xact_id();

create type touched_resource as (lead_provider_id bigint, resource text, resource_id uuid, kind text, columns text[]);

-- The rows of a kind that this transaction changed: what each held before (null where it is new), and the columns that changed.
-- `first` is the lowest id of the transaction's history.
create function changed_rows(kind text, first bigint) returns table (id bigint, before jsonb, columns text[]) stable language sql as $$
  select item_id, (array_agg(object order by versions.id))[1], coalesce(array_agg(distinct name) filter (where name is not null), '{}')
  from versions left join lateral jsonb_object_keys(object_changes) as name on true
  where versions.id >= first and transaction = pg_current_xact_id() and item_type = kind
  group by item_id
$$;

-- Whether a provider sees a resource of which it saw `before` and sees `after`.
create function seen(before boolean, after boolean) returns text immutable language sql as $$
  select case when before and after then 'updated' when after then 'created' when before then 'removed' end
$$;

create function named(of text, columns text[]) returns text[] immutable language sql as $$
  select coalesce(array_agg(of || '.' || name), '{}') from unnest(columns) as name
$$;

create function touched_by_applications(first bigint) returns setof touched_resource stable language plpgsql as $$
declare
  -- what changes who sees a declaration, and what it is shown with
  carried constant text[] := array['lead_provider_id', 'user_id', 'course_id', 'targeted_delivery_funding_eligibility'];
  -- what decides whether the person’s other applications count as funded before
  funding constant text[] := array['lead_provider_approval_status', 'eligible_for_funding', 'funded_place', 'user_id', 'course_id'];
begin
  return query
    select provider, 'application', a.public_id, seen(c.before is not null and provider = was, provider = a.lead_provider_id), named('applications', c.columns)
    from changed_rows('Application', first) c join applications a on a.id = c.id,
      lateral (select (c.before ->> 'lead_provider_id')::bigint as was) past,
      lateral (select distinct provider from unnest(array[was, a.lead_provider_id]) as provider where provider is not null) providers;

  return query
    select other.lead_provider_id, 'application', other.public_id, 'updated', array['applications.previously_funded']
    from changed_rows('Application', first) c join applications a on a.id = c.id
      join applications other on other.user_id in (a.user_id, (c.before ->> 'user_id')::bigint) and other.id <> a.id
        and other.course_family in (a.course_family, c.before ->> 'course_family')
    where c.columns && funding;

  return query
    select provider, 'declaration', d.public_id,
      seen(d_before is not null and provider in (made_before, transferred_before), provider in (d.lead_provider_id, d.transferred_to_id)),
      named('applications', array(select unnest(c.columns) intersect select unnest(carried)))
    from changed_rows('Application', first) c join applications a on a.id = c.id
      join declarations d on d.application_id = a.id
      left join changed_rows('Declaration', first) dc on dc.id = d.id,
      lateral (select case when dc.id is null then to_jsonb(d) else dc.before end as d_before) past,
      lateral (select (d_before ->> 'lead_provider_id')::bigint as made_before) made,
      lateral (select nullif((c.before ->> 'lead_provider_id')::bigint, made_before) as transferred_before) transferred,
      lateral (select distinct provider from unnest(array[made_before, transferred_before, d.lead_provider_id, d.transferred_to_id]) as provider
        where provider is not null) providers
    where c.columns && carried and c.before is not null;

  return query
    select o.lead_provider_id, 'outcome', o.public_id, 'updated',
      named('applications', array(select unnest(c.columns) intersect select unnest(array['user_id', 'course_id'])))
    from changed_rows('Application', first) c join declarations d on d.application_id = c.id join outcomes o on o.declaration_id = d.id
    where c.columns && array['user_id', 'course_id'] and c.before is not null;
end $$;

-- People: whose own row, whose applications at any provider, or whose former ids changed.
create function touched_people(first bigint) returns setof touched_resource stable language plpgsql as $$
declare
  changed_applications bigint[] := array(select id from changed_rows('Application', first));
  -- what providers are shown of a person
  shown constant text[] := array['full_name', 'previous_names', 'email', 'trn', 'trn_verified', 'significantly_updated_at'];
begin
  return query
    select a.lead_provider_id, 'application', a.public_id, 'updated', named('users', c.columns)
    from changed_rows('User', first) c join applications a on a.user_id = c.id
    where c.columns && shown;

  return query
    with moved as materialized (
      select a.id, a.public_id, c.columns, a.user_id, a.lead_provider_id, a.lead_provider_approval_status = 'accepted' as accepted,
        (c.before ->> 'user_id')::bigint as old_user, (c.before ->> 'lead_provider_id')::bigint as old_provider,
        c.before ->> 'lead_provider_approval_status' = 'accepted' as old_accepted
      from changed_rows('Application', first) c join applications a on a.id = c.id
    ), sources as (
      -- what changed of each person, and for which provider alone, where it is for one
      select id as person, null::bigint as provider, named('users', columns) as columns from changed_rows('User', first) where columns && shown
      union all select user_id, null, array['participations.changed_at'] from moved
      union all select old_user, null, array['participations.changed_at'] from moved where old_user is not null
      union all select user_id, lead_provider_id, named('applications', columns) from moved where accepted or old_accepted
      union all select old_user, old_provider, named('applications', columns) from moved where old_accepted
      union all
        select holder, null, array['participant_id_changes.user_id']
        from changed_rows('ParticipantIdChange', first) c left join participant_id_changes held on held.id = c.id,
          lateral (select distinct holder from unnest(array[held.user_id, (c.before ->> 'user_id')::bigint]) as holder where holder is not null) holders
    ), people as (
      select distinct person from sources
    ), standing as (
      select people.person, p.lead_provider_id as provider, true as after,
        -- an application that did not change made the provider see the person before
        exists (select from applications a where a.user_id = people.person and a.lead_provider_id = p.lead_provider_id
          and a.lead_provider_approval_status = 'accepted' and a.id <> all (changed_applications)) as before
      from people join participations p on p.user_id = people.person
      union all select old_user, old_provider, false, true from moved where old_accepted
    ), providers as (
      select person, provider, bool_or(before) as before, bool_or(after) as after from standing group by person, provider
    )
    select p.provider, 'participant', u.public_id, seen(p.before, p.after), s.columns
    from providers p join users u on u.id = p.person
      join sources s on s.person = p.person and (s.provider is null or s.provider = p.provider);
end $$;

create function touched_by_declarations(first bigint) returns setof touched_resource stable language plpgsql as $$
begin
  return query
    select provider, 'declaration', d.public_id,
      seen(c.before is not null and provider in (made_before, transferred_before), provider in (d.lead_provider_id, d.transferred_to_id)),
      named('declarations', c.columns)
    from changed_rows('Declaration', first) c join declarations d on d.id = c.id,
      lateral (select (c.before ->> 'lead_provider_id')::bigint as made_before, (c.before ->> 'transferred_to_id')::bigint as transferred_before) past,
      lateral (select distinct provider from unnest(array[made_before, transferred_before, d.lead_provider_id, d.transferred_to_id]) as provider
        where provider is not null) providers;

  return query
    select o.lead_provider_id, 'outcome', o.public_id, 'created', '{}'::text[]
    from changed_rows('Declaration', first) c join outcomes o on o.declaration_id = c.id
    where 'lead_provider_id' = any (c.columns) and c.before is not null;
  return query
    select (c.before ->> 'lead_provider_id')::bigint, 'outcome', o.public_id, 'removed', '{}'::text[]
    from changed_rows('Declaration', first) c join outcomes o on o.declaration_id = c.id
    where 'lead_provider_id' = any (c.columns) and c.before is not null;

  return query
    select provider, 'declaration', d.public_id, 'updated', named('statement_items', c.columns)
    from changed_rows('StatementItem', first) c join statement_items i on i.id = c.id join declarations d on d.id = i.declaration_id,
      lateral (select provider from unnest(array[d.lead_provider_id, d.transferred_to_id]) as provider where provider is not null) providers;
end $$;

create function touched_by_outcomes(first bigint) returns setof touched_resource stable language sql as $$
  select o.lead_provider_id, 'outcome', o.public_id, seen(c.before is not null, true), named('outcomes', c.columns)
  from changed_rows('Outcome', first) c join outcomes o on o.id = c.id
  union all
  select provider, 'declaration', d.public_id, 'updated', array['outcomes.state']
  from changed_rows('Outcome', first) c join outcomes o on o.id = c.id join declarations d on d.id = o.declaration_id,
    lateral (select provider from unnest(array[d.lead_provider_id, d.transferred_to_id]) as provider where provider is not null) providers
$$;

create function touched_by_statements(first bigint) returns setof touched_resource stable language sql as $$
  select s.lead_provider_id, 'statement', s.public_id, seen(c.before is not null and (c.before ->> 'output_fee')::boolean, s.output_fee),
    named('statements', c.columns)
  from changed_rows('Statement', first) c join statements s on s.id = c.id
  where s.output_fee or (c.before ->> 'output_fee')::boolean
$$;

create function touched_by_partners(first bigint) returns setof touched_resource stable language sql as $$
  select distinct held.lead_provider_id, 'delivery_partner', p.public_id, 'updated', named('delivery_partners', c.columns)
  from changed_rows('DeliveryPartner', first) c join delivery_partners p on p.id = c.id
    join delivery_partnerships held on held.delivery_partner_id = p.id
  where c.before is not null
  union all
  select provider, 'declaration', d.public_id, 'updated', array['delivery_partners.name']
  from changed_rows('DeliveryPartner', first) c
    join declarations d on d.delivery_partner_id = c.id or d.secondary_delivery_partner_id = c.id,
    lateral (select provider from unnest(array[d.lead_provider_id, d.transferred_to_id]) as provider where provider is not null) providers
  where 'name' = any (c.columns) and c.before is not null
  union all
  select lead_provider_id, 'delivery_partner', p.public_id, seen(bool_or(before), bool_or(after)), array['delivery_partnerships.cohort_id']
  from (
    select held.delivery_partner_id, held.lead_provider_id, true as after, c.before is not null or c.id is null as before
    from delivery_partnerships held left join changed_rows('DeliveryPartnership', first) c on c.id = held.id
    where held.delivery_partner_id in (
      select new.delivery_partner_id from changed_rows('DeliveryPartnership', first) made join delivery_partnerships new on new.id = made.id
      union select (gone.before ->> 'delivery_partner_id')::bigint from changed_rows('DeliveryPartnership', first) gone where gone.before is not null)
    union all
    select (before ->> 'delivery_partner_id')::bigint, (before ->> 'lead_provider_id')::bigint, false, true
    from changed_rows('DeliveryPartnership', first) where before is not null
  ) partnerships join delivery_partners p on p.id = partnerships.delivery_partner_id
  where exists (
    select from changed_rows('DeliveryPartnership', first) c left join delivery_partnerships new on new.id = c.id
    where coalesce(new.delivery_partner_id, (c.before ->> 'delivery_partner_id')::bigint) = partnerships.delivery_partner_id
      and coalesce(new.lead_provider_id, (c.before ->> 'lead_provider_id')::bigint) = partnerships.lead_provider_id)
  group by lead_provider_id, p.public_id
$$;

-- Writes, when a transaction commits, what all that it wrote to the history changed for whom. Asked for each row of the history, it does
-- so at the first.
create function write_changes() returns trigger language plpgsql as $$
declare
  first constant bigint := new.id;
  kinds text[];
  touched touched_resource[] := '{}';
begin
  if current_setting('npq.changes_written', true) = pg_current_xact_id()::text then return null; end if;
  perform set_config('npq.changes_written', pg_current_xact_id()::text, true);
  kinds := array(select distinct item_type from versions where id >= first and transaction = pg_current_xact_id());
  if 'Application' = any (kinds) then touched := touched || array(select t from touched_by_applications(first) t); end if;
  if kinds && array['Application', 'User', 'ParticipantIdChange'] then touched := touched || array(select t from touched_people(first) t); end if;
  if kinds && array['Declaration', 'StatementItem'] then touched := touched || array(select t from touched_by_declarations(first) t); end if;
  if 'Outcome' = any (kinds) then touched := touched || array(select t from touched_by_outcomes(first) t); end if;
  if 'Statement' = any (kinds) then touched := touched || array(select t from touched_by_statements(first) t); end if;
  if kinds && array['DeliveryPartner', 'DeliveryPartnership'] then touched := touched || array(select t from touched_by_partners(first) t); end if;
  if touched = '{}' then return null; end if;

  insert into changes (lead_provider_id, system, transaction, resource, resource_id, kind, columns, author, created_at)
  select lead_provider_id, system_identifier, pg_current_xact_id(), resource, resource_id, told.kind,
    case when told.kind = 'updated' then told.columns else '{}' end, new.whodunnit, clock_timestamp()
  from (
    select lead_provider_id, resource, resource_id,
      case when bool_or(kind = 'removed') then 'removed' when bool_or(kind = 'created') then 'created' else 'updated' end as kind,
      coalesce(array_agg(distinct name) filter (where name is not null), '{}') as columns
    from unnest(touched) left join lateral unnest(columns) as name on true
    where kind is not null
    group by lead_provider_id, resource, resource_id
  ) told, pg_control_system();
  return null;
end $$;
create constraint trigger versions_write_changes after insert on versions deferrable initially deferred
  for each row execute function write_changes();
