//! Which of the person's accounts a recognised message is about.
//!
//! The known text of a confirmation names no account, only "this account" (docs/DOMAIN.md, point 5): so this weighs what
//! the mail says around it, and ends in "one of these" where that does not decide. It never prefers the likelier one.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::address::{canonical, catch_all};
use crate::model::account::{Account, AccountId, Platform};
use crate::model::attribution::{Attributed, Attribution, Basis, Reason, Signal, Weight};
use crate::model::kind::Kind;
use crate::model::message::Message;
use crate::model::recognition::Recognition;

const PLATFORM: &str = "platform of the sender";
const NAME: &str = "name in To";
const INTENDED: &str = "\"intended for\"";
const GREETING: &str = "greeting";
const SENT_TO: &str = "\"was sent to\"";
const LINK: &str = "n_m= in a link";

/// The hints to a person, in the order in which they are weighed.
const PERSONAL: [&str; 5] = [NAME, INTENDED, GREETING, SENT_TO, LINK];

/// Attributes a recognised message. `platform` is what its sender says about the platform, if anything.
pub fn attribute(
    message: &Message,
    recognition: &Recognition,
    platform: Option<Platform>,
    accounts: &[Account],
) -> Attribution {
    let mut weighing = Weighing {
        declared: accounts,
        possible: accounts.iter().collect(),
        strong: BTreeSet::new(),
        signals: Vec::new(),
    };
    if let Err(review) = weighing.by_recipient(message) {
        weighing.leave_out([PLATFORM].iter().chain(&PERSONAL));
        return weighing.undecided(review);
    }
    if weighing.by_platform(platform, &message.from_text).is_err() {
        weighing.leave_out(&PERSONAL);
        return weighing.undecided(Reason::NoAccount);
    }
    let addressed = weighing.possible.clone();
    weighing.by_personal_signals(message, recognition);
    if weighing.possible.is_empty() {
        // Every account at this address is ruled out. Where the hints name one all the same, they contradict each other;
        // else the mail is about an account that is not declared.
        weighing.possible = addressed;
        let reason = if weighing.strong.is_empty() { Reason::NoAccount } else { Reason::Ambiguous };
        return weighing.undecided(reason);
    }

    let covers = recognition.covers_accounts_centre && recognition.kind == Kind::Honoured;
    let counted = match weighing.possible.as_slice() {
        [only] => {
            let own = Attributed { account: only.id.clone(), basis: Basis::Message, through: None };
            let linked = linked_with(only, accounts).filter(|_| covers).map(|account| Attributed {
                account: account.id.clone(),
                basis: Basis::AccountsCentre,
                through: Some(only.id.clone()),
            });
            std::iter::once(own).chain(linked).collect()
        }
        // It was for one of these, and holds for all of them: which one it was does not matter.
        [first, rest @ ..] if covers && rest.iter().all(|other| linked(first, other)) => {
            let group = std::iter::once(*first).chain(linked_with(first, accounts));
            group
                .map(|account| Attributed { account: account.id.clone(), basis: Basis::AccountsCentre, through: None })
                .collect()
        }
        _ => return weighing.undecided(Reason::Ambiguous),
    };
    Attribution { accounts: counted, review: None, candidates: Vec::new(), signals: weighing.signals }
}

/// The accounts declared to be in the same Accounts Centre, without the account itself.
pub fn linked_with<'a>(account: &'a Account, accounts: &'a [Account]) -> impl Iterator<Item = &'a Account> {
    accounts.iter().filter(|other| other.id != account.id && linked(account, other))
}

fn linked(a: &Account, b: &Account) -> bool {
    a.accounts_centre.is_some() && a.accounts_centre == b.accounts_centre
}

/// The accounts still possible, and the hints weighed so far.
struct Weighing<'a> {
    declared: &'a [Account],
    possible: Vec<&'a Account>,
    /// Accounts a hint names exactly, so that the unnamed ones step back.
    strong: BTreeSet<&'a AccountId>,
    signals: Vec<Signal>,
}

impl<'a> Weighing<'a> {
    fn undecided(self, review: Reason) -> Attribution {
        let candidates = self.possible.iter().map(|account| account.id.clone()).collect();
        Attribution { accounts: Vec::new(), review: Some(review), candidates, signals: self.signals }
    }

    /// To decides: one that names only others is not the person's mail, whatever the delivery headers say (a replay).
    /// With an undisclosed or missing To, what the own host noted decides.
    fn by_recipient(&mut self, message: &Message) -> Result<(), Reason> {
        let accounts = self.declared;
        let owns = |account: &Account, address: &str| owns(account, address, accounts);
        let owned = |address: &str| accounts.iter().any(|account| owns(account, address));
        let to: Vec<&str> = message.to.iter().map(|address| address.addr.as_str()).collect();
        let cc = message.cc.iter().map(|address| address.addr.as_str());
        let (name, recipients): (_, Vec<&str>) = if to.is_empty() {
            ("delivery headers", cc.chain(message.delivered_to.iter().map(String::as_str)).collect())
        } else if to.iter().any(|address| owned(address)) {
            ("To and Cc", to.iter().copied().chain(cc).collect())
        } else {
            ("To", to)
        };
        let reached: BTreeSet<String> =
            recipients.iter().filter(|address| owned(address)).map(|address| canonical(address)).collect();
        self.possible.retain(|account| reached.iter().any(|address| owns(account, address)));
        self.note(
            name,
            &recipients.iter().map(|address| self.reaching(address)).collect::<Vec<_>>().join(", "),
            |account| reached.iter().any(|address| owns(account, address)),
            accounts,
        );
        if reached.is_empty() {
            return Err(Reason::NoAccount);
        }
        if reached.len() > 1 {
            let of_all: Vec<&Account> = self
                .possible
                .iter()
                .filter(|account| reached.iter().all(|address| owns(account, address)))
                .copied()
                .collect();
            if of_all.is_empty() {
                return Err(Reason::Ambiguous);
            }
            self.possible = of_all;
        }
        Ok(())
    }

    fn by_platform(&mut self, platform: Option<Platform>, from: &str) -> Result<(), ()> {
        let Some(platform) = platform else {
            self.signals.push(hint(PLATFORM, from, Weight::Nothing));
            return Ok(());
        };
        let before = self.possible.clone();
        let fits = |account: &Account| account.platform == platform || account.platform == Platform::None;
        // A Threads profile follows its Instagram account (docs/DOMAIN.md, "The process"): with no Instagram account at
        // this address, a mail of Instagram's is about the Threads account.
        let follows = platform == Platform::Instagram && !before.iter().any(|account| account.platform == platform);
        self.possible.retain(|account| fits(account) || (follows && account.platform == Platform::Threads));
        let kept: Vec<AccountId> = self.possible.iter().map(|account| account.id.clone()).collect();
        self.note(
            PLATFORM,
            &format!("{platform} ({from})"),
            |account| kept.contains(&account.id),
            before.iter().copied(),
        );
        if self.possible.is_empty() {
            self.possible = before;
            return Err(());
        }
        Ok(())
    }

    fn by_personal_signals(&mut self, message: &Message, recognition: &Recognition) {
        let declared = self.declared;
        let captured = &recognition.captured;
        let name = message.to.iter().map(|to| to.name.trim()).find(|name| !name.is_empty() && !name.contains('@'));
        self.weigh_if(NAME, name, name_fits);
        self.weigh_if(INTENDED, captured.intended_for.as_deref(), |account, handle| match &account.handle {
            Some(own) if same_handle(own, handle) => Fit::Exactly,
            Some(_) => Fit::RuledOut,
            None => Fit::SaysNothing,
        });
        self.weigh_if(GREETING, captured.greeting.as_deref(), greeting_fits);
        let is_own = |account: &Account, address: &str| {
            if owns(account, address, declared) { Fit::Somewhat } else { Fit::RuledOut }
        };
        self.weigh_if(SENT_TO, captured.sent_to.as_deref(), is_own);
        let mut seen = BTreeSet::new();
        let links = message.links.iter().filter_map(|link| link.recipient.as_deref());
        for address in links.filter(|address| seen.insert(canonical(address))) {
            self.weigh_if(LINK, Some(address), is_own);
        }
        if seen.is_empty() {
            self.weigh_if(LINK, None, is_own);
        }
        self.possible.retain(|account| !self.signals.iter().any(|signal| signal.rules_out.contains(&account.id)));
        let named: Vec<&Account> =
            self.possible.iter().filter(|account| self.strong.contains(&account.id)).copied().collect();
        if !named.is_empty() {
            self.possible = named;
        }
    }

    /// Weighs what the mail has, or notes that it does not have it.
    fn weigh_if(&mut self, name: &str, value: Option<&str>, fit: impl Fn(&Account, &str) -> Fit) {
        let Some(value) = value else {
            self.signals.push(hint(name, "", Weight::Absent));
            return;
        };
        let mut signal = hint(name, value, Weight::Nothing);
        let mut exactly = false;
        for account in &self.possible {
            match fit(account, value) {
                Fit::Exactly => {
                    exactly = true;
                    self.strong.insert(&account.id);
                    signal.supports.push(account.id.clone());
                }
                Fit::Somewhat => signal.supports.push(account.id.clone()),
                Fit::RuledOut => signal.rules_out.push(account.id.clone()),
                Fit::SaysNothing => {}
            }
        }
        signal.weight = match (exactly, signal.rules_out.is_empty(), signal.supports.is_empty()) {
            (true, ..) => Weight::Names,
            (false, false, _) => Weight::RulesOut,
            (false, true, false) => Weight::Fits,
            (false, true, true) => Weight::Nothing,
        };
        self.signals.push(signal);
    }

    /// Notes hints that nothing is left to weigh by.
    fn leave_out<'b>(&mut self, names: impl IntoIterator<Item = &'b &'b str>) {
        self.signals.extend(names.into_iter().map(|name| hint(name, "", Weight::NotWeighed)));
    }

    /// An address as the mail has it, and the declared one that it reaches where that is written otherwise:
    /// `a.nna+fb@googlemail.com = anna@gmail.com`, `fb@example.org = *@example.org`.
    fn reaching(&self, address: &str) -> String {
        let own = self.declared.iter().find(|account| owns(account, address, self.declared));
        let reaches = |declared: &&String| canonical(declared) == canonical(address) || catch_all(declared).is_some();
        let declared = own.and_then(|own| own.emails.iter().find(reaches));
        match declared.filter(|declared| *declared != address) {
            Some(declared) => format!("{address} = {declared}"),
            None => address.to_owned(),
        }
    }

    fn note<'b>(
        &mut self,
        name: &str,
        value: &str,
        keeps: impl Fn(&Account) -> bool,
        all: impl IntoIterator<Item = &'b Account>,
    ) {
        let (supports, rules_out) = all
            .into_iter()
            .map(|account| account.id.clone())
            .partition(|id| self.possible.iter().any(|account| account.id == *id && keeps(account)));
        self.signals.push(Signal { supports, rules_out, ..hint(name, value, Weight::Decides) });
    }
}

fn hint(name: &str, value: &str, weight: Weight) -> Signal {
    let (supports, rules_out) = (Vec::new(), Vec::new());
    Signal { name: name.to_owned(), value: value.to_owned(), weight, supports, rules_out }
}

/// What a hint says about one account.
enum Fit {
    /// It names this account.
    Exactly,
    /// It can be this account, and others.
    Somewhat,
    /// It cannot be this account.
    RuledOut,
    SaysNothing,
}

/// Whether an address is one of the account's: declared, or within a declared `*@example.org`. An address that another of the
/// `declared` accounts names exactly is that one's and not within.
pub fn owns(account: &Account, address: &str, declared: &[Account]) -> bool {
    let address = canonical(address);
    let names = |account: &Account| account.emails.iter().any(|own| canonical(own) == address);
    let within = || {
        let domain = address.rsplit_once('@').map(|(_, domain)| domain);
        account.emails.iter().any(|own| domain.is_some() && catch_all(own).as_deref() == domain)
    };
    names(account) || (within() && !declared.iter().any(names))
}

/// Facebook writes the account's full name into To, inside the signature; elsewhere the address stands alone.
fn name_fits(account: &Account, name: &str) -> Fit {
    let Some(own) = &account.display_name else { return Fit::SaysNothing };
    let (own, name) = (words_of(own), words_of(name));
    if own == name {
        Fit::Exactly
    } else if name.is_subset(&own) || own.is_subset(&name) {
        Fit::Somewhat
    } else if account.platform == Platform::Facebook {
        Fit::RuledOut
    } else {
        Fit::SaysNothing
    }
}

/// "Hi Ruby," on Facebook is a first name, "Hi USERNAME," on Instagram the user name (seen on other mails of Meta's).
fn greeting_fits(account: &Account, name: &str) -> Fit {
    if account.handle.as_deref().is_some_and(|handle| same_handle(handle, name)) {
        return Fit::Exactly;
    }
    let greeted = words_of(name);
    let known: BTreeSet<String> =
        [&account.display_name, &account.handle].into_iter().flatten().flat_map(|text| words_of(text)).collect();
    if greeted.is_subset(&known) {
        return Fit::Somewhat;
    }
    let looks_like_handle = name.chars().any(|c| c.is_ascii_digit() || matches!(c, '.' | '_'));
    let contradicts = match account.platform {
        Platform::Facebook | Platform::None => account.display_name.is_some(),
        Platform::Instagram | Platform::Threads => {
            account.handle.is_some() && (looks_like_handle || account.display_name.is_some())
        }
    };
    if contradicts { Fit::RuledOut } else { Fit::SaysNothing }
}

fn same_handle(own: &str, written: &str) -> bool {
    let fold = |handle: &str| handle.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
    fold(own) == fold(written)
}

/// A name's words, without case and accents: `{"anna", "muller"}` of "Anna Müller".
fn words_of(name: &str) -> BTreeSet<String> {
    let folded: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
