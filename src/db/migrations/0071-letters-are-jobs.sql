-- A letter is a job like any other. An occasion of a letter is not that of the job which queues it.
insert into jobs (kind, payload, occasion, attempts, run_at, finished_at, failed_at, last_error, created_at, updated_at)
select 'send letter', jsonb_build_object('template', template, 'recipient', recipient, 'personalisation', personalisation),
  'letter of ' || occasion, attempts, next_attempt_at, sent_at, failed_at, last_error, created_at, updated_at
from mails order by id;
delete from mails;

-- What a node of the version before writes here while it still runs beside this one becomes a job too.
create function queue_letter() returns trigger language plpgsql as $$
begin
  insert into jobs (kind, payload, occasion)
  values (
    'send letter',
    jsonb_build_object('template', new.template, 'recipient', new.recipient, 'personalisation', new.personalisation),
    'letter of ' || new.occasion
  )
  on conflict do nothing;
  return null;
end $$;
create trigger mails_are_jobs before insert on mails for each row execute function queue_letter();

-- Each kind is taken by itself, so that one which waits or lags holds up no other.
drop index jobs_waiting;
create index jobs_waiting on jobs (kind, run_at, id) where finished_at is null and failed_at is null;

-- What is pruned.
create index jobs_finished on jobs (finished_at) where kind <> 'send letter' and finished_at is not null;
create index letters_sent on jobs (finished_at) where kind = 'send letter' and finished_at is not null;
