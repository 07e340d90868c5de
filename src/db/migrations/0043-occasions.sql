-- What comes round by itself is queued once for each occasion, such as a day, and once only: finished rows keep theirs.
alter table jobs add column occasion text unique;
alter table mails add column occasion text unique;
