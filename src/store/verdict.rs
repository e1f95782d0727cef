//! Tables `verdict` and `verdict_account`: what messages mean, by the rules and accounts in force when they were judged.

use rusqlite::{Params, Row, params};

use super::instant::instant;
use super::{Tx, json, parsed, parsed_optional, to_json};
use crate::decide::ingest::Verdict;
use crate::decide::known::Judged;
use crate::model::account::AccountId;
use crate::model::attribution::{Attributed, Basis, Reason};
use crate::model::proof::Proof;
use crate::model::status::{Heard, MessageNumber};

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
        // Its kind and time stand beside each account, so that statuses can be computed from this table alone.
        let sql = "INSERT INTO verdict_account (account_id, message, kind, received_at, basis, through)
                   SELECT ?1, number, ?3, received_at, ?4, ?5 FROM message WHERE number = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        for attributed in &verdict.accounts {
            statement.execute(params![
                attributed.account.as_str(),
                number.0,
                verdict.kind.as_str(),
                attributed.basis.as_str(),
                attributed.through.as_ref().map(AccountId::as_str),
            ])?;
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
        self.find_judged_where("TRUE", [])
    }

    /// Finds a message with its verdict; `None` when it has none.
    pub fn find_judged_of(&self, number: MessageNumber) -> rusqlite::Result<Option<JudgedRow>> {
        Ok(self.find_judged_where("message = ?1", [number.0])?.pop())
    }

    /// Finds the messages that are up for review or can come to be, by number ([`Judged::is_doubtful`]).
    pub fn find_doubtful(&self) -> rusqlite::Result<Vec<JudgedRow>> {
        // In the words of the index `verdict_doubtful`.
        self.find_judged_where("(review IS NOT NULL OR kind IN ('refused', 'info_request'))", [])
    }

    /// Finds what belongs to each account, by account and number.
    pub fn find_heard(&self) -> rusqlite::Result<Vec<(AccountId, Vec<Heard>)>> {
        let mut found: Vec<(AccountId, Vec<Heard>)> = Vec::new();
        let sql = "SELECT account_id, message, kind, received_at, basis, through FROM verdict_account
                   ORDER BY account_id, message";
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let account = row.get_ref(0)?.as_str()?;
            let through: Option<String> = row.get(5)?;
            let heard = Heard {
                message: MessageNumber(row.get(1)?),
                kind: parsed(row, 2)?,
                received_at: instant(row, 3)?,
                basis: parsed(row, 4)?,
                through: through.map(AccountId),
            };
            match found.last_mut() {
                Some((last, all)) if last.as_str() == account => all.push(heard),
                _ => found.push((AccountId(account.to_owned()), vec![heard])),
            }
        }
        Ok(found)
    }

    /// The condition is one of this file's own: it names a column as SQL does.
    fn find_judged_where<P: Params + Clone>(&self, condition: &str, key: P) -> rusqlite::Result<Vec<JudgedRow>> {
        let sql = format!(
            "SELECT account_id, message, basis, through FROM verdict_account
                 WHERE message IN (SELECT message FROM verdict WHERE {condition}) ORDER BY message, account_id"
        );
        let attributed = |row: &Row<'_>| {
            let through: Option<String> = row.get(3)?;
            let basis = parsed(row, 2)?;
            Ok((row.get(1)?, Attributed { account: AccountId(row.get(0)?), basis, through: through.map(AccountId) }))
        };
        let mut statement = self.sql.prepare_cached(&sql)?;
        let attributed: Vec<(i64, Attributed)> =
            statement.query_map(key.clone(), attributed)?.collect::<Result<_, _>>()?;
        let mut attributed = attributed.into_iter().peekable();
        let sql = format!(
            "SELECT number, kind, rule, language, review, settled, candidates, proof, from_text, subject, received_at
                 FROM verdict CROSS JOIN message ON number = message WHERE {condition} ORDER BY message"
        );
        // By place: with ten thousand rows, looking for the columns' names would cost more than everything else.
        let judged = |row: &Row<'_>| {
            let number: i64 = row.get(0)?;
            let accounts = std::iter::from_fn(|| attributed.next_if(|(message, _)| *message == number));
            let accounts: Vec<Attributed> = accounts.map(|(_, attributed)| attributed).collect();
            let by_hand = accounts.iter().any(|attributed| attributed.basis == Basis::User);
            Ok(JudgedRow {
                rule: row.get(2)?,
                language: row.get(3)?,
                judged: Judged {
                    number: MessageNumber(number),
                    kind: parsed(row, 1)?,
                    proof: if by_hand { Some(Proof::User) } else { parsed_optional(row, 7)? },
                    accounts,
                    review: parsed_optional(row, 4)?,
                    candidates: json(row, 6)?,
                    settled: row.get(5)?,
                    from: row.get(8)?,
                    subject: row.get(9)?,
                    received_at: instant(row, 10)?,
                },
            })
        };
        self.sql.prepare_cached(&sql)?.query_map(key, judged)?.collect()
    }
}
