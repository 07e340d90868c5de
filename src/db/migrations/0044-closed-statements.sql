-- What was settled stays, whoever writes: a statement that is payable keeps its dates and prices, one that is paid keeps everything.

create function refuse_change_of_closed_statement() returns trigger language plpgsql as $$
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

create trigger statements_closed before update on statements
  for each row when (old.state <> 'open' and old is distinct from new) execute function refuse_change_of_closed_statement();

create function refuse_end_of_closed_statement() returns trigger language plpgsql as $$
begin
  raise exception 'a statement cannot be deleted once it is %', old.state using errcode = 'check_violation';
end $$;

create trigger statements_stay before delete on statements
  for each row when (old.state <> 'open') execute function refuse_end_of_closed_statement();

-- Rows of a statement cannot change, go, or move away or onto it once it is in one of the states that are named. Rows that are new are
-- still let in: history is loaded with statements that are settled already.
create function refuse_change_on_statement() returns trigger language plpgsql as $$
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

create trigger contracts_closed before update or delete on contracts
  for each row execute function refuse_change_on_statement('payable paid');
create trigger adjustments_closed before update or delete on adjustments
  for each row execute function refuse_change_on_statement('paid');
create trigger statement_items_closed before update or delete on statement_items
  for each row execute function refuse_change_on_statement('paid');

create function refuse_change_of_used_template() returns trigger language plpgsql as $$
declare
  reached text;
begin
  select statements.state into reached from contracts join statements on statements.id = contracts.statement_id
    where contracts.contract_template_id = old.id and statements.state <> 'open' limit 1;
  if reached is not null then
    raise exception 'a contract template cannot change while a % statement uses it', reached using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger contract_templates_used before update on contract_templates
  for each row when (old is distinct from new) execute function refuse_change_of_used_template();

-- Milestones are of payment runs alone, from both sides.
create function refuse_milestone_of_no_payment_run() returns trigger language plpgsql as $$
begin
  if not (select output_fee from statements where id = new.statement_id) then
    raise exception 'a milestone needs a statement that is a payment run' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger milestone_statements_of_payment_runs before insert or update on milestone_statements
  for each row execute function refuse_milestone_of_no_payment_run();

create function keep_payment_run_with_milestones() returns trigger language plpgsql as $$
begin
  if exists (select from milestone_statements where statement_id = new.id) then
    raise exception 'output_fee cannot change while the statement has milestones' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger statements_with_milestones before update of output_fee on statements
  for each row when (old.output_fee is distinct from new.output_fee) execute function keep_payment_run_with_milestones();

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
