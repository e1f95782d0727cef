//! Table `status`: one row per account, for `sqlite3 confirmd.db 'select * from status'`.

use rusqlite::params;

use super::Tx;
use crate::decide::overview::AccountView;

impl Tx<'_> {
    /// Replaces the table by what stands now; a row that does not change keeps its `updated_at`.
    pub fn update_status(&self, accounts: &[AccountView]) -> rusqlite::Result<()> {
        for view in accounts {
            self.sql.execute(
                "INSERT INTO status (account_id, platform, handle, state, severity, objected_on, confirmed_on, deadline_on, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (account_id) DO UPDATE SET platform = excluded.platform, handle = excluded.handle,
                     state = excluded.state, severity = excluded.severity, objected_on = excluded.objected_on,
                     confirmed_on = excluded.confirmed_on, deadline_on = excluded.deadline_on, updated_at = excluded.updated_at
                 WHERE (status.platform, status.handle, status.state, status.severity, status.objected_on,
                        status.confirmed_on, status.deadline_on)
                     IS NOT (excluded.platform, excluded.handle, excluded.state, excluded.severity, excluded.objected_on,
                        excluded.confirmed_on, excluded.deadline_on)",
                params![
                    view.account.id.as_str(),
                    view.account.platform.as_str(),
                    view.account.handle,
                    view.status.state.as_str(),
                    view.status.severity.as_str(),
                    view.objection.map(|objection| objection.on.to_string()),
                    view.status.confirmed_on.map(|on| on.to_string()),
                    view.status.deadline_on.map(|on| on.to_string()),
                    self.now(),
                ],
            )?;
        }
        let known: Vec<&str> = accounts.iter().map(|view| view.account.id.as_str()).collect();
        let known = super::to_json(&known)?;
        self.sql.execute("DELETE FROM status WHERE account_id NOT IN (SELECT value FROM json_each(?1))", [known])?;
        Ok(())
    }
}
