//! Whether a mail's sender is proven: by its own DKIM signature, or by the own mail host's word for it.
//!
//! Says nothing about what the mail means: tens of thousands of phishing mails came through Meta's real servers.

mod alignment;
mod authserv;
mod canonical;
mod dkim;
mod fault;
mod hosts;
mod key;
mod received;
mod relay;
mod results;
mod signature;
mod tags;

use jiff::Timestamp;

use crate::model::message::Message;
use crate::model::proof::{Check, Proof, SenderProof};

use super::headers::HeaderBlock;

pub use dkim::{DkimReport, Outcome, SignatureReport, verify};
pub use fault::Fault;
pub use hosts::{OUTLOOK, known_authserv_ids};
pub use key::{KeyLookup, Lookup, NoKeys, StoredKeys};
pub(super) use relay::is_rewritten;

/// Everything that proves, or fails to prove, that `raw` comes from its From domain (contract section 4).
///
/// `message` is what [`parse`](super::parse) made of `raw`. `trusted_authserv` are the ids whose Authentication-Results are believed.
/// `keys` is asked only for a mail whose one From domain (lower case) `is_meta`; no other mail is proven. `received_at` is when the
/// own host received the mail: a signature's expiry counts against it. `dkim` is named where both proofs hold; either suffices.
pub fn prove(
    raw: &[u8],
    message: &Message,
    trusted_authserv: &[String],
    keys: &dyn KeyLookup,
    received_at: Timestamp,
    is_meta: &dyn Fn(&str) -> bool,
) -> SenderProof {
    let block = HeaderBlock::of(raw);
    let mut proof = SenderProof::default();
    let domain = match (dkim::single_from_domain(&block), message.from.as_slice()) {
        (Some(domain), [from]) if from.domain().as_deref() == Some(&domain) => domain,
        _ => {
            proof.checks.push(failed("From", "is not exactly one address: proves nothing"));
            return proof;
        }
    };
    if !is_meta(&domain) {
        let outcome = match relay::relay_of(&domain, &message.from_text) {
            Some(relay) => format!("was rewritten by {relay}, which signs anew: Meta's own signature is lost"),
            None => "is not one of Meta's domains".to_owned(),
        };
        proof.checks.push(failed("From", &outcome));
        return proof;
    }
    let report = verify(raw, keys, received_at);
    proof.checks.extend(report.signatures.iter().map(check_of));
    if report.signatures.is_empty() {
        proof.checks.push(failed("DKIM-Signature", "there is none"));
    }
    let results = authserv::check(&block, trusted_authserv, &domain);
    let by_host = results.iter().any(|check| check.proves);
    proof.checks.extend(results);
    proof.proof = if report.is_valid() {
        Some(Proof::Dkim)
    } else if by_host {
        Some(Proof::Authserv)
    } else {
        None
    };
    // Also where the mail host vouches: the key is gone one day, and with it lasting evidence.
    proof.retry = !report.is_valid() && report.worth_another_try();
    proof.domain = proof.proof.map(|_| domain);
    proof.keys = report.keys;
    proof
}

fn check_of(signature: &SignatureReport) -> Check {
    let what = if signature.domain.is_empty() {
        "DKIM-Signature".to_owned()
    } else {
        format!("DKIM-Signature d={} s={}", signature.domain, signature.selector)
    };
    match &signature.outcome {
        Outcome::Valid => Check { what, outcome: "valid".to_owned(), proves: true },
        Outcome::Invalid(fault) => failed(&what, &fault.to_string()),
        Outcome::Unavailable(reason) => failed(&what, &format!("the key could not be had: {reason}")),
    }
}

fn failed(what: &str, outcome: &str) -> Check {
    Check { what: what.to_owned(), outcome: outcome.to_owned(), proves: false }
}
