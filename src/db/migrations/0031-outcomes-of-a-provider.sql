-- The provider of an outcome is the one of its declaration. It stands here too, so that an index alone gives a provider's list.
alter table outcomes add column lead_provider_id bigint references lead_providers;
update outcomes set lead_provider_id = declarations.lead_provider_id from declarations where declarations.id = outcomes.declaration_id;
alter table outcomes alter column lead_provider_id set not null;

create function set_outcome_provider() returns trigger language plpgsql as $$
begin
  select lead_provider_id into new.lead_provider_id from declarations where id = new.declaration_id;
  return new;
end $$;
create trigger outcomes_provider before insert or update of declaration_id, lead_provider_id on outcomes
  for each row execute function set_outcome_provider();

create function move_outcomes() returns trigger language plpgsql as $$
begin
  update outcomes set lead_provider_id = new.lead_provider_id where declaration_id = new.id;
  return new;
end $$;
create trigger declarations_move_outcomes after update of lead_provider_id on declarations
  for each row when (old.lead_provider_id <> new.lead_provider_id) execute function move_outcomes();

create index outcomes_list on outcomes (lead_provider_id, created_at, id);
