-- A state changes only along its machine, whoever writes.
create function refuse_illegal_transition() returns trigger language plpgsql as $$
begin
  if (old.state || '>' || new.state) <> all (string_to_array(tg_argv[0], ' ')) then
    raise exception 'the state of a row of % cannot change from % to %', tg_table_name, old.state, new.state
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger declarations_states before update of state on declarations
  for each row when (old.state is distinct from new.state) execute function refuse_illegal_transition(
    'submitted>eligible submitted>ineligible eligible>payable payable>paid paid>awaiting_clawback awaiting_clawback>clawed_back submitted>voided eligible>voided payable>voided ineligible>voided payable>eligible');

create trigger statement_items_states before update of state on statement_items
  for each row when (old.state is distinct from new.state) execute function refuse_illegal_transition(
    'eligible>payable payable>paid eligible>voided ineligible>voided payable>voided paid>awaiting_clawback awaiting_clawback>clawed_back eligible>ineligible payable>eligible');

create trigger statements_states before update of state on statements
  for each row when (old.state is distinct from new.state) execute function refuse_illegal_transition('open>payable payable>paid');
