-- What a transaction changed is looked up by keys however much it is: planned once for each connection, since planning costs more than a
-- single change.
alter function touched_by_applications(bigint) set plan_cache_mode = force_generic_plan;
alter function touched_people(bigint) set plan_cache_mode = force_generic_plan;
alter function touched_by_declarations(bigint) set plan_cache_mode = force_generic_plan;
alter function write_changes() set plan_cache_mode = force_generic_plan;
