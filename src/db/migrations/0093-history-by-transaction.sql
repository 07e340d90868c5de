-- The rows of one transaction, however long the history is: found by the transaction alone.
create index versions_by_transaction on versions (transaction);
create or replace function changed_rows(kind text, first bigint) returns table (id bigint, before jsonb, columns text[]) stable language sql as $$
  select item_id, (array_agg(object order by versions.id))[1], coalesce(array_agg(distinct name) filter (where name is not null), '{}')
  from versions left join lateral jsonb_object_keys(object_changes) as name on true
  where transaction = pg_current_xact_id() and item_type || '' = kind
  group by item_id
$$;
