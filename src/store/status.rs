//! Table `status`: one row per account, for `sqlite3 confirmd.db 'select * from status'`.

use rusqlite::params;

use super::Tx;
use crate::decide::overview::AccountView;
use crate::model::account::AccountId;

impl Tx<'_> {
    /// Updates the rows of these accounts; one that does not change keeps its `updated_at`.
    pub fn update_status<'v>(&self, accounts: impl Iterator<Item = &'v AccountView>) -> rusqlite::Result<()> {
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO status (account_id, platform, handle, state, severity, objected_on, confirmed_on, deadline_on, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (account_id) DO UPDATE SET platform = excluded.platform, handle = excluded.handle,
                 state = excluded.state, severity = excluded.severity, objected_on = excluded.objected_on,
                 confirmed_on = excluded.confirmed_on, deadline_on = excluded.deadline_on, updated_at = excluded.updated_at
             WHERE (status.platform, status.handle, status.state, status.severity, status.objected_on,
                    status.confirmed_on, status.deadline_on)
                 IS NOT (excluded.platform, excluded.handle, excluded.state, excluded.severity, excluded.objected_on,
                    excluded.confirmed_on, excluded.deadline_on)",
        )?;
        for view in accounts {
            statement.execute(params![
                view.account.id.as_str(),
                view.account.platform.as_str(),
                view.account.handle,
                view.status.state.as_str(),
                view.status.severity.as_str(),
                view.objection.map(|objection| objection.on.to_string()),
                view.status.confirmed_on.map(|on| on.to_string()),
                view.status.deadline_on.map(|on| on.to_string()),
                self.now(),
            ])?;
        }
        Ok(())
    }

    /// Removes the rows of all other accounts.
    pub fn keep_status_of<'v>(&self, accounts: impl Iterator<Item = &'v AccountId>) -> rusqlite::Result<()> {
        let known = super::to_json(&accounts.map(AccountId::as_str).collect::<Vec<_>>())?;
        self.sql.execute("DELETE FROM status WHERE account_id NOT IN (SELECT value FROM json_each(?1))", [known])?;
        Ok(())
    }
}
