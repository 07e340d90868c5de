-- What a statement paid stays. A duplicate was never paid for, so it may be voided there too: it is worth nothing before and after.

create function refuse_change_of_settled_item() returns trigger language plpgsql as $$
declare
  free constant text[] := array['state', 'updated_at'];
begin
  if tg_op = 'UPDATE' and old.state = 'ineligible' and new.state = 'voided' and to_jsonb(old) - free = to_jsonb(new) - free then
    return new;
  end if;
  if exists (select from statements where state = 'paid' and id in (old.statement_id, case when tg_op = 'UPDATE' then new.statement_id end)) then
    raise exception 'rows of % cannot change once their statement is paid', tg_table_name using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;

drop trigger statement_items_closed on statement_items;
create trigger statement_items_closed before update or delete on statement_items
  for each row execute function refuse_change_of_settled_item();
