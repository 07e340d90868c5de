-- The history spells instants with Z, and decimals as text, so that no reader takes them for floats: these columns of a table.
create function respelled(of regclass) returns text[] stable language sql as $$
  select array_agg(attname::text) from pg_attribute
  where attrelid = of and atttypid in ('timestamptz'::regtype, 'numeric'::regtype) and attnum > 0 and not attisdropped
$$;

create function spelled(record jsonb, respelled text[]) returns jsonb immutable language plpgsql as $$
begin
  return record || coalesce((
    select jsonb_object_agg(name, replace(record ->> name, '+00:00', 'Z')) from unnest(respelled) as name where record ->> name is not null
  ), '{}');
end $$;

-- What two records do not share: for each column what the one and the other hold. A record that is not there holds nothing.
create function differences(one jsonb, other jsonb) returns jsonb immutable language plpgsql as $$
begin
  return coalesce((
    select jsonb_object_agg(name, jsonb_build_array(old, new))
    from (
      select key as name, coalesce(one -> key, 'null') as old, value as new from jsonb_each(other)
      union all select key, value, 'null' from jsonb_each(one) where other is null
    ) as columns
    where old <> new
  ), '{}');
end $$;
