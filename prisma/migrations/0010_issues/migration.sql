-- One noun for one thing: what needs a person is an issue on the screen, in the address, in the code and here. Workers of
-- the release before stop writing when they meet this one (worker/outdated.ts). Policies, grants and the foreign keys
-- of other tables follow a renamed table by themselves.
ALTER TABLE notice RENAME TO issue;
ALTER TABLE issue RENAME CONSTRAINT notice_pkey TO issue_pkey;
ALTER TABLE issue RENAME CONSTRAINT notice_tenant_id_fkey TO issue_tenant_id_fkey;
ALTER TABLE issue RENAME CONSTRAINT notice_state_known TO issue_state_known;
ALTER INDEX notice_state_last_at_idx RENAME TO issue_state_last_at_idx;
ALTER INDEX notice_tenant_id_state_idx RENAME TO issue_tenant_id_state_idx;
ALTER INDEX notice_one_open RENAME TO issue_one_open;
