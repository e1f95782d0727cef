//! DKIM signatures, verified here (RFC 6376, RFC 8463), more strictly than a mail host does.
//!
//! A host asks whether some domain vouches for a mail; this asks whether the From, To, Subject, Date and all of the body are as the
//! sender's domain sent them. The same function verifies a mail on arrival and, with stored keys, years later.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::mail::address;
use crate::mail::headers::{HeaderBlock, MAX_DECODED, RawHeader};
use crate::model::proof::KeyRecord;

use super::alignment::aligned;
use super::canonical::{self, Canon};
use super::fault::Fault;
use super::key::{Key, KeyLookup, Lookup};
use super::signature::Signature;

/// Signatures of the sender's organisation that are tried, each at the price of a DNS question.
const MAX_TRIED: usize = 5;
/// Signature headers that are looked at at all.
const MAX_SIGNATURES: usize = 50;
/// How far a signer's clock may be ahead of the receiving host's.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_hours(1);

/// What must be signed, as often as it is there.
const MUST_BE_SIGNED: [&str; 4] = ["From", "To", "Subject", "Date"];
/// What must not be there twice unless all are signed: a replayed mail could be made to read differently.
const MUST_NOT_BE_ADDED: [&str; 2] = ["Content-Type", "Content-Transfer-Encoding"];

/// What became of one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It proves the sender.
    Valid,
    /// It proves nothing.
    Invalid(Fault),
    /// The key could not be had (the reason in words): worth another try.
    Unavailable(String),
}

/// One DKIM-Signature header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureReport {
    /// `d=`; empty where it cannot be read.
    pub domain: String,
    /// `s=`; empty where it cannot be read.
    pub selector: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Everything found out about a mail's signatures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DkimReport {
    /// The one address domain of From, lower case; `None` when there is not exactly one address in exactly one From header.
    pub from_domain: Option<String>,
    /// The signatures from top to bottom, up to the first valid one.
    pub signatures: Vec<SignatureReport>,
    /// The keys that the lookup gave.
    pub keys: Vec<KeyRecord>,
}

impl DkimReport {
    /// Whether a signature proves the From domain.
    pub fn is_valid(&self) -> bool {
        self.signatures.iter().any(|signature| signature.outcome == Outcome::Valid)
    }

    /// Whether nothing is proven and asking for the keys again may prove it.
    pub fn worth_another_try(&self) -> bool {
        !self.is_valid() && self.signatures.iter().any(|signature| matches!(signature.outcome, Outcome::Unavailable(_)))
    }
}

/// Verifies the signatures of a mail. Expiry counts against `received_at`.
pub fn verify(raw: &[u8], keys: &dyn KeyLookup, received_at: Timestamp) -> DkimReport {
    let block = HeaderBlock::of(raw);
    let Some(from_domain) = single_from_domain(&block) else { return DkimReport::default() };
    let mut report = DkimReport { from_domain: Some(from_domain.clone()), ..DkimReport::default() };
    let mut mail = Mail { block: &block, raw, bodies: BTreeMap::new() };
    let mut tried = 0;
    for header in block.named("dkim-signature").take(MAX_SIGNATURES) {
        let signature = match Signature::parse(header) {
            Ok(signature) => signature,
            Err(fault) => {
                report.signatures.push(SignatureReport {
                    domain: String::new(),
                    selector: String::new(),
                    outcome: Outcome::Invalid(fault),
                });
                continue;
            }
        };
        let outcome = if !aligned(&signature.domain, &from_domain) {
            Outcome::Invalid(Fault::NotAligned)
        } else if tried >= MAX_TRIED {
            Outcome::Invalid(Fault::NotTried)
        } else {
            tried += 1;
            mail.check(header, &signature, keys, received_at, &mut report.keys)
        };
        let valid = outcome == Outcome::Valid;
        report.signatures.push(SignatureReport { domain: signature.domain, selector: signature.selector, outcome });
        if valid {
            break;
        }
    }
    report
}

/// The domain of the one From address. A mail with two, or with two From headers, is shown differently by different readers.
pub fn single_from_domain(block: &HeaderBlock<'_>) -> Option<String> {
    let mut headers = block.named("from");
    let header = headers.next()?;
    if headers.next().is_some() || block.too_many || header.value.len() > MAX_DECODED {
        return None;
    }
    match address::list(&header.text()).as_slice() {
        [address] => address.domain(),
        _ => None,
    }
}

struct Mail<'a> {
    block: &'a HeaderBlock<'a>,
    raw: &'a [u8],
    /// Body hashes by "is relaxed": several signatures share one.
    bodies: BTreeMap<bool, [u8; 32]>,
}

impl Mail<'_> {
    /// Cheap and offline checks first: DNS is asked only for a signature that the mail itself does not contradict.
    fn check(
        &mut self,
        header: &RawHeader<'_>,
        signature: &Signature,
        keys: &dyn KeyLookup,
        received_at: Timestamp,
        seen: &mut Vec<KeyRecord>,
    ) -> Outcome {
        if let Err(fault) = self.covers(signature).and_then(|()| in_time(signature, received_at)) {
            return Outcome::Invalid(fault);
        }
        let relaxed = signature.body_canon == Canon::Relaxed;
        let body = self.block.body;
        let hash = self.bodies.entry(relaxed).or_insert_with(|| canonical::body_hash(body, signature.body_canon));
        if hash.as_slice() != signature.body_hash {
            return Outcome::Invalid(Fault::BodyChanged);
        }
        let name = format!("{}._domainkey.{}", signature.selector, signature.domain);
        if name.len() > 253 {
            return Outcome::Invalid(Fault::Malformed);
        }
        let txt = match keys.txt(&name) {
            Lookup::Found { txt, seen_at } => {
                if !seen.iter().any(|key| key.name == name) {
                    seen.push(KeyRecord { name, txt: txt.clone(), seen_at });
                }
                txt
            }
            Lookup::Missing => return Outcome::Invalid(Fault::NoKey),
            Lookup::Unavailable(reason) => return Outcome::Unavailable(reason),
        };
        match self.verified(header, signature, &txt) {
            Ok(()) => Outcome::Valid,
            Err(fault) => Outcome::Invalid(fault),
        }
    }

    fn covers(&self, signature: &Signature) -> Result<(), Fault> {
        let mut present: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for header in &self.block.headers {
            *present.entry(header.name.to_ascii_lowercase()).or_default() += 1;
        }
        let present = |name: &str| present.get(name.to_ascii_lowercase().as_bytes()).copied().unwrap_or_default();
        for name in MUST_BE_SIGNED {
            let signed = signature.times_signed(&name.to_ascii_lowercase());
            if signed == 0 {
                return Err(Fault::NotSigned(name));
            }
            if present(name) > signed {
                return Err(Fault::Added(name));
            }
        }
        for name in MUST_NOT_BE_ADDED {
            if present(name) > signature.times_signed(&name.to_ascii_lowercase()).max(1) {
                return Err(Fault::Added(name));
            }
        }
        Ok(())
    }

    fn verified(&self, header: &RawHeader<'_>, signature: &Signature, txt: &str) -> Result<(), Fault> {
        let key = Key::parse(txt, signature.algorithm)?;
        if key.strict && signature.identity != signature.domain {
            return Err(Fault::KeyIsStrict);
        }
        let data = canonical::header_data(self.block, self.raw, header, &signature.signed, signature.header_canon);
        if key.verifies(signature.algorithm, &data, &signature.value) { Ok(()) } else { Err(Fault::HeadersChanged) }
    }
}

fn in_time(signature: &Signature, received_at: Timestamp) -> Result<(), Fault> {
    let received = received_at.as_second();
    if signature.expires.is_some_and(|expires| expires < received) {
        return Err(Fault::Expired);
    }
    if signature.made.is_some_and(|made| made > received.saturating_add(CLOCK_SKEW.as_secs())) {
        return Err(Fault::FromTheFuture);
    }
    Ok(())
}
