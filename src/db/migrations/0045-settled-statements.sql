-- A statement that is payable or paid stays, and what was settled with it takes in nothing from elsewhere. Rows that are new
-- are still let in: history is loaded with statements that are settled already.

create or replace function refuse_change_of_closed_statement() returns trigger language plpgsql as $$
declare
  free constant text[] := array['marked_as_paid_at', 'output_fee', 'state', 'totals', 'updated_at'];
begin
  if old.state = 'paid' then
    raise exception 'a statement cannot change once it is paid' using errcode = 'check_violation';
  end if;
  if to_jsonb(old) - free is distinct from to_jsonb(new) - free then
    raise exception 'a statement cannot change once it is payable' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function refuse_end_of_closed_statement() returns trigger language plpgsql as $$
begin
  raise exception 'a statement cannot be deleted once it is %', old.state using errcode = 'check_violation';
end $$;

create trigger statements_stay before delete on statements
  for each row when (old.state <> 'open') execute function refuse_end_of_closed_statement();

-- From both sides: neither away from such a statement nor onto one.
create or replace function refuse_change_on_statement() returns trigger language plpgsql as $$
declare
  reached text;
begin
  select state into reached from statements
    where id in (old.statement_id, case when tg_op = 'UPDATE' then new.statement_id end)
      and state = any (string_to_array(tg_argv[0], ' '))
    limit 1;
  if reached is not null then
    raise exception 'rows of % cannot change once their statement is %', tg_table_name, reached using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;

-- The statements of a milestone are of one month. Moving declarations takes links along provider by provider, so a link that
-- moves may come to a month of its own; one that is new joins a month that the milestone has.
create function refuse_milestone_of_another_month() returns trigger language plpgsql as $$
begin
  if exists (select from milestone_statements where milestone_id = new.milestone_id) and not exists (
    select from milestone_statements
      join statements linked on linked.id = milestone_statements.statement_id
      join statements on statements.id = new.statement_id and (statements.year, statements.month) = (linked.year, linked.month)
    where milestone_statements.milestone_id = new.milestone_id) then
    raise exception 'the statements of a milestone are of one month and year' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger milestone_statements_of_one_month before insert on milestone_statements
  for each row execute function refuse_milestone_of_another_month();
