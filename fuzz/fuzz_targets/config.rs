//! A configuration file, and the same text as a rule file: an answer or a message that says where the mistake is.
#![no_main]

use std::ffi::OsString;
use std::path::Path;

use confirmd::config::Config;
use confirmd::rules::{RuleSet, Source};
use libfuzzer_sys::fuzz_target;

fn home(name: &str) -> Option<OsString> {
    (name == "HOME").then(|| OsString::from("/home/anna"))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let today = jiff::civil::date(2025, 6, 1);
    if let Err(error) = Config::from_text(text, Path::new("/nowhere/config.toml"), 0o600, &home, today) {
        assert!(error.to_string().contains("/nowhere/config.toml"), "{error}");
    }
    for error in RuleSet::parse(&[Source { name: "some.toml", text }]).err().unwrap_or_default() {
        assert!(error.to_string().contains("some.toml"), "{error}");
    }
});
