//! HTML to text and links. The whole input is the page.
#![no_main]

use confirmd::mail;
use libfuzzer_sys::fuzz_target;

const HEADER: &[u8] = b"From: a@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

fuzz_target!(|page: &[u8]| {
    let message = mail::parse(&[HEADER, page].concat()).expect("it has a header");
    let text: usize = message.texts.iter().map(|text| text.own.len() + text.quoted.len()).sum();
    // Alternative texts and paragraph breaks add a little to what is there, broken UTF-8 becomes three bytes.
    assert!(text <= 4 * page.len() + 64, "{text} from {}", page.len());
    assert!(message.links.len() <= 1_001, "{}", message.links.len());
});
