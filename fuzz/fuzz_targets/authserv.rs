//! Authentication-Results: what stands below the own host's Received line proves nothing, whatever it says.
#![no_main]

use confirmd::mail::{self, proof};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

const BORDER: &[u8] = b"Received: from mx-out.facebook.com (mx-out.facebook.com [192.0.2.1]) by mx.example.org (Postfix) with ESMTPS;\r\n \
    Wed, 21 May 2025 10:00:00 +0000\r\n";
const FROM: &[u8] = b"From: Facebook <case@support.facebook.com>\r\n";

fn is_proven(raw: &[u8], trusted: &[String]) -> bool {
    // What has no header is no mail, and proves nothing.
    let Ok(message) = mail::parse(raw) else { return false };
    let proof = proof::prove(raw, &message, trusted, &proof::NoKeys, Timestamp::UNIX_EPOCH, &|_| true);
    proof.proof.is_some()
}

fuzz_target!(|headers: &[u8]| {
    let trusted = ["mx.example.org".to_owned()];
    // The sender's own headers, up to the first blank line.
    assert!(!is_proven(&[BORDER, FROM, headers].concat(), &trusted));
    assert!(!is_proven(&[headers, b"\r\n", FROM].concat(), &[]));
    // A field's value above the border: anything may come of it, as long as it ends.
    let value: Vec<u8> = headers.iter().map(|byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { *byte }).collect();
    let _ = is_proven(&[b"Authentication-Results: ", value.as_slice(), b"\r\n", BORDER, FROM].concat(), &trusted);
    for id in ["outlook.com", "mx.google.com", "mail.gmx.net"] {
        let _ = is_proven(&[headers, b"\r\n", FROM].concat(), &[id.to_owned()]);
    }
});
