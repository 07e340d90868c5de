-- A declaration stays with the provider that made it when its application moves to another one, which may read it from
-- then on. Who that is stands here, so that an index alone gives every provider's list.
alter table declarations add column transferred_to_id bigint references lead_providers;

update declarations set transferred_to_id = applications.lead_provider_id
  from applications
  where applications.id = declarations.application_id and applications.lead_provider_id <> declarations.lead_provider_id;

create function set_declaration_transferred_to() returns trigger language plpgsql as $$
begin
  select nullif(lead_provider_id, new.lead_provider_id) into new.transferred_to_id from applications where id = new.application_id;
  return new;
end $$;
create trigger declarations_transferred_to before insert or update of application_id, lead_provider_id, transferred_to_id on declarations
  for each row execute function set_declaration_transferred_to();

create function transfer_declarations() returns trigger language plpgsql as $$
begin
  update declarations set transferred_to_id = new.lead_provider_id where application_id = new.id;
  return new;
end $$;
create trigger applications_transfer_declarations after update of lead_provider_id on applications
  for each row when (old.lead_provider_id is distinct from new.lead_provider_id) execute function transfer_declarations();

create index declarations_list_transferred on declarations (transferred_to_id, created_at, id) include (cohort_id)
  where transferred_to_id is not null;
