//! Tables `verdict` and `verdict_account`: what messages mean, by the rules and accounts in force when they were judged.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Tx, json, parsed, parsed_optional, to_json};
use crate::decide::ingest::Verdict;
use crate::decide::overview::Judged;
use crate::model::account::AccountId;
use crate::model::attribution::{Attributed, Basis, Reason};
use crate::model::proof::Proof;
use crate::model::status::MessageNumber;

/// What is stored of a verdict beside the message itself: rule and language, for listings.
#[derive(Debug, Clone)]
pub struct JudgedRow {
    /// The message as an overview needs it.
    pub judged: Judged,
    /// The rule that matched.
    pub rule: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
}

impl Tx<'_> {
    /// Replaces the verdict on a message.
    pub fn update_verdict(&self, number: MessageNumber, verdict: &Verdict, settled: bool) -> rusqlite::Result<()> {
        self.sql.execute(
            "INSERT INTO verdict (message, kind, rule, language, review, settled, candidates)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (message) DO UPDATE SET kind = excluded.kind, rule = excluded.rule, language = excluded.language,
                 review = excluded.review, settled = excluded.settled, candidates = excluded.candidates",
            params![
                number.0,
                verdict.kind.as_str(),
                verdict.rule,
                verdict.language,
                verdict.review.map(Reason::as_str),
                settled,
                to_json(&verdict.candidates)?,
            ],
        )?;
        self.sql.execute("DELETE FROM verdict_account WHERE message = ?1", [number.0])?;
        for attributed in &verdict.accounts {
            self.sql.execute(
                "INSERT INTO verdict_account (message, account_id, basis, through) VALUES (?1, ?2, ?3, ?4)",
                params![
                    number.0,
                    attributed.account.as_str(),
                    attributed.basis.as_str(),
                    attributed.through.as_ref().map(AccountId::as_str),
                ],
            )?;
        }
        Ok(())
    }

    /// Forgets the verdict on a message that, by the rules now in force, has nothing to do with an objection.
    pub fn clear_verdict(&self, number: MessageNumber) -> rusqlite::Result<()> {
        self.sql.execute("DELETE FROM verdict_account WHERE message = ?1", [number.0])?;
        self.sql.execute("DELETE FROM verdict WHERE message = ?1", [number.0])?;
        Ok(())
    }

    /// Finds every message that has a verdict, by number.
    pub fn find_judged(&self) -> rusqlite::Result<Vec<JudgedRow>> {
        let mut accounts: BTreeMap<i64, Vec<Attributed>> = BTreeMap::new();
        let sql = "SELECT message, account_id, basis, through FROM verdict_account ORDER BY message, account_id";
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let through: Option<String> = row.get("through")?;
            accounts.entry(row.get("message")?).or_default().push(Attributed {
                account: AccountId(row.get("account_id")?),
                basis: parsed(row, "basis")?,
                through: through.map(AccountId),
            });
        }
        let sql =
            "SELECT number, kind, rule, language, review, settled, candidates, proof, from_text, subject, received_at
                   FROM verdict JOIN message ON number = message ORDER BY number";
        let judged = |row: &rusqlite::Row<'_>| {
            let number: i64 = row.get("number")?;
            let accounts = accounts.remove(&number).unwrap_or_default();
            let by_hand = accounts.iter().any(|attributed| attributed.basis == Basis::User);
            Ok(JudgedRow {
                judged: Judged {
                    number: MessageNumber(number),
                    kind: parsed(row, "kind")?,
                    proof: if by_hand { Some(Proof::User) } else { parsed_optional(row, "proof")? },
                    accounts,
                    review: parsed_optional(row, "review")?,
                    candidates: json(row, "candidates")?,
                    settled: row.get("settled")?,
                    from: row.get("from_text")?,
                    subject: row.get("subject")?,
                    received_at: parsed(row, "received_at")?,
                },
                rule: row.get("rule")?,
                language: row.get("language")?,
            })
        };
        self.sql.prepare_cached(sql)?.query_map([], judged)?.collect()
    }
}
