-- The terms of contracts that the group of a course fixes, as the reference facts say them.
alter table course_groups add column contract_defaults jsonb;
