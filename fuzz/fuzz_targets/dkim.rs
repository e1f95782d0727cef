//! A DKIM-Signature header, and (after a blank line) the key that DNS gives for it: nobody signs by guessing.
#![no_main]

use confirmd::mail::proof::{self, KeyLookup, Lookup};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

struct Key(String);

impl KeyLookup for Key {
    fn txt(&self, _name: &str) -> Lookup {
        Lookup::Found { txt: self.0.clone(), seen_at: Timestamp::UNIX_EPOCH }
    }
}

const REST: &[u8] = b"From: Facebook <case@support.facebook.com>\r\nTo: anna@example.org\r\nSubject: x\r\n\
    Date: Wed, 21 May 2025 10:00:00 +0000\r\n\r\nHello\r\n";

fuzz_target!(|input: &[u8]| {
    let at = input.windows(2).position(|pair| pair == b"\n\n");
    let (value, key) = at.map_or((input, &b""[..]), |at| (&input[..at], &input[at + 2..]));
    let key = Key(String::from_utf8_lossy(key).into_owned());
    let raw = [b"DKIM-Signature: ", value, b"\r\n", REST].concat();
    let report = proof::verify(&raw, &key, Timestamp::UNIX_EPOCH);
    assert!(!report.is_valid(), "{report:?}");
});
