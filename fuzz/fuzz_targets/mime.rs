//! MIME to Message: any bytes are a mail or none, within bounds, and never a proven one.
#![no_main]

use confirmd::mail::{self, proof};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let _ = mail::identity(raw);
    let header = mail::header_only(raw);
    let Ok(message) = mail::parse(raw) else { return };
    assert!(header.from == message.from && header.subject == message.subject);
    // Twice 256 KiB a reading, and the reading of the plain and of the HTML parts.
    let text: usize = message.texts.iter().map(|text| text.own.len() + text.quoted.len()).sum();
    assert!(text <= 4 * 256 * 1024, "{text}");
    assert!(message.links.len() <= 1_001, "{}", message.links.len());
    let proof = proof::prove(raw, &message, &[], &proof::NoKeys, Timestamp::UNIX_EPOCH, &|_| true);
    assert!(proof.proof.is_none(), "{proof:?}");
});
