//! Judging by the rules, accounts and policy now in force: new mails, and stored ones when those have changed.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::{Config, Mailbox};
use crate::decide::ingest::{Settlement, Verdict, judge, settled, unread};
use crate::decide::known::{Judged, Known};
use crate::decide::objections::{Recorded, in_force};
use crate::mail;
use crate::model::account::{Account, AccountId};
use crate::model::attribution::{Basis, Reason};
use crate::model::language::Lang;
use crate::model::mailbox::MailboxName;
use crate::model::objection::Objection;
use crate::model::proof::{Proof, SenderProof};
use crate::model::status::{MessageNumber, Policy};
use crate::rules::RuleBook;
use crate::store::message::MessageRow;
use crate::store::setting::VERDICTS_MADE_BY;
use crate::store::verdict::JudgedRow;
use crate::store::{Tx, TxResult};

/// Everything a verdict depends on beside the message.
#[derive(Debug)]
pub struct Judge {
    /// The rules in force.
    pub rules: Arc<RuleBook>,
    /// The declared accounts, in the configuration's order.
    pub accounts: Vec<Account>,
    /// Whose Authentication-Results to believe, by mailbox.
    pub trusted: BTreeMap<MailboxName, Vec<String>>,
    /// The policy.
    pub policy: Policy,
    /// The configured mailboxes, in the configuration's order.
    pub mailboxes: Vec<MailboxName>,
    /// The local time zone: dates are local.
    pub tz: TimeZone,
    /// The language of notices.
    pub lang: Lang,
    /// What a verdict depends on beside the rules.
    declared: String,
    /// Both together; computed when it is asked for, because rules have to be read for it.
    made_by: OnceLock<String>,
}

impl Judge {
    /// The judge for a configuration.
    pub fn new(config: &Config, rules: impl Into<RuleBook>, tz: TimeZone, lang: Lang) -> Judge {
        let rules: RuleBook = rules.into();
        // The objection's date changes a status, not a verdict.
        let accounts: Vec<Account> =
            config.accounts.iter().map(|account| Account { objection: None, ..account.clone() }).collect();
        let declared = serde_json::to_string(&accounts).unwrap_or_default();
        let declared = format!("{declared}\n{}", config.policy.sender);
        Judge {
            rules: Arc::new(rules),
            accounts: config.accounts.clone(),
            policy: config.policy.clone(),
            trusted: config.mailboxes.iter().map(|mailbox| (mailbox.name.clone(), trusted_by(mailbox))).collect(),
            mailboxes: config.mailboxes.iter().map(|mailbox| mailbox.name.clone()).collect(),
            tz,
            lang,
            declared,
            made_by: OnceLock::new(),
        }
    }

    /// A judge without accounts, for a mail file where there is no configuration.
    pub fn without_accounts(rules: impl Into<RuleBook>, tz: TimeZone) -> Judge {
        let policy = Policy::default();
        Judge {
            rules: Arc::new(rules.into()),
            accounts: Vec::new(),
            trusted: BTreeMap::new(),
            policy,
            mailboxes: Vec::new(),
            tz,
            lang: Lang::En,
            declared: String::new(),
            made_by: OnceLock::new(),
        }
    }

    /// A fingerprint of everything a verdict depends on.
    pub fn made_by(&self) -> &str {
        let made_by = || mail::sha256(format!("{}\n{}", self.rules.fingerprint(), self.declared).as_bytes());
        self.made_by.get_or_init(made_by)
    }

    /// The verdict on exact bytes, before what the person settled; `None` when they have nothing to do with an objection.
    pub fn verdict_on(&self, raw: &[u8], proof: &SenderProof) -> Option<Verdict> {
        match mail::parse(raw) {
            Ok(message) => judge(&message, proof, self.policy.sender, &self.rules, &self.accounts),
            Err(error) => Some(unread(Reason::Unreadable, &error.to_string())),
        }
    }

    /// The verdict on a stored message after what the person settled.
    ///
    /// A settled message keeps a verdict even where the rules now in force see nothing in it: what the person decided stays.
    pub fn verdict_on_stored(
        &self,
        tx: &Tx<'_>,
        row: &MessageRow,
        settlement: Option<&Settlement>,
    ) -> TxResult<Option<Verdict>> {
        let verdict = match (&row.unread, tx.find_raw(row.number)?) {
            (Some((reason, why)), _) => Some(unread(*reason, why)),
            (None, Some(raw)) => self.verdict_on(&raw, &row.proof),
            (None, None) => None,
        };
        let verdict = match (verdict, settlement) {
            (None, Some(_)) => {
                Some(Verdict { review: None, ..unread(Reason::Unrecognised, "no rule matches any more") })
            }
            (verdict, _) => verdict,
        };
        Ok(verdict.map(|verdict| settled(verdict, settlement, &self.accounts)))
    }

    /// Every message with its verdict by the rules and accounts now in force. Where the stored verdicts were made by
    /// others, they are made anew, in memory: reading changes nothing.
    pub fn judged(&self, tx: &Tx<'_>) -> TxResult<Vec<JudgedRow>> {
        if self.made_the_verdicts(tx)? {
            return tx.find_judged();
        }
        self.judge_anew(tx)
    }

    /// Whether the stored verdicts were made by the rules and accounts now in force.
    fn made_the_verdicts(&self, tx: &Tx<'_>) -> TxResult<bool> {
        Ok(tx.find_setting(VERDICTS_MADE_BY)?.is_some_and(|by| by == self.made_by()))
    }

    fn judge_anew(&self, tx: &Tx<'_>) -> TxResult<Vec<JudgedRow>> {
        let settlements = tx.find_settlements()?;
        let mut judged = Vec::new();
        for row in tx.find_messages()? {
            let settlement = settlements.get(&row.number);
            if let Some(verdict) = self.verdict_on_stored(tx, &row, settlement)? {
                judged.push(judged_row(row, verdict, settlement.is_some()));
            }
        }
        Ok(judged)
    }

    /// Everything an overview is computed from, as it can be believed at `now`, which is the clock's time.
    pub fn known(&self, tx: &Tx<'_>, now: Timestamp) -> TxResult<Known> {
        let health = tx.find_health()?;
        let of_mailbox = |name: &MailboxName| (name.clone(), health.get(name).cloned().unwrap_or_default());
        let mut known = Known {
            accounts: self.accounts.clone(),
            mailboxes: self.mailboxes.iter().map(of_mailbox).collect(),
            ..Known::default()
        };
        for (id, objection) in self.objections(tx)? {
            known.facts.entry(id).or_default().objection = Some(objection);
        }
        for row in tx.find_confirmations()? {
            known.facts.entry(row.account).or_default().confirmed_by_hand.push(row.on);
        }
        if self.made_the_verdicts(tx)? {
            for (id, heard) in tx.find_heard()? {
                known.facts.entry(id).or_default().heard = heard;
            }
            known.doubtful = tx.find_doubtful()?.into_iter().map(|row| (row.judged.number, row.judged)).collect();
        } else {
            self.judge_anew(tx)?.iter().for_each(|row| known.hear(&row.judged));
        }
        known.believe_at(now, &self.policy, &self.tz);
        Ok(known)
    }

    /// The objection in force for each account that has one.
    pub fn objections(&self, tx: &Tx<'_>) -> TxResult<BTreeMap<AccountId, Objection>> {
        let records = self.recorded_objections(tx)?;
        let none = Vec::new();
        let in_force = self.accounts.iter().filter_map(|account| {
            let records = records.get(&account.id).unwrap_or(&none);
            Some((account.id.clone(), in_force(account.objection, records)?))
        });
        Ok(in_force.collect())
    }

    /// Every recorded objection by account, oldest record first.
    pub fn recorded_objections(&self, tx: &Tx<'_>) -> TxResult<BTreeMap<AccountId, Vec<Recorded>>> {
        let mut records: BTreeMap<AccountId, Vec<Recorded>> = BTreeMap::new();
        for row in tx.find_objections()? {
            let recorded = Recorded { objection: row.objection, from_config: row.from_config };
            records.entry(row.account).or_default().push(recorded);
        }
        Ok(records)
    }
}

/// Whose Authentication-Results to believe in a mailbox: what the person says, else what is known of the host.
pub fn trusted_by(mailbox: &Mailbox) -> Vec<String> {
    let known = || mail::proof::known_authserv_ids(&mailbox.host).iter().map(|id| (*id).to_owned()).collect();
    mailbox.trusted_authserv_ids.clone().unwrap_or_else(known)
}

fn judged_row(row: MessageRow, verdict: Verdict, settled: bool) -> JudgedRow {
    let by_hand = verdict.accounts.iter().any(|attributed| attributed.basis == Basis::User);
    let number: MessageNumber = row.number;
    JudgedRow {
        judged: Judged {
            number,
            kind: verdict.kind,
            proof: if by_hand { Some(Proof::User) } else { row.proof.proof },
            accounts: verdict.accounts,
            review: verdict.review,
            candidates: verdict.candidates,
            settled,
            from: row.from,
            subject: row.subject,
            received_at: row.received_at,
        },
        rule: verdict.rule,
        language: verdict.language,
    }
}
