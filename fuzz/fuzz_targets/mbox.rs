//! A file of mails: what is handed over stood in the file, in order, and nothing twice.
#![no_main]

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

use confirmd::files::{self, Item};
use libfuzzer_sys::fuzz_target;

/// Every process of the fuzzer has a file of its own; it lies in memory where there is such a folder.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    folder.join(format!("confirmd-fuzz-{}.mbox", std::process::id()))
});

const LIMIT: u64 = 1_000;

fuzz_target!(|bytes: &[u8]| {
    std::fs::write(&*FILE, bytes).expect("a file to read");
    let (mut mails, mut skipped, mut from) = (0u64, 0u64, 0);
    let mut sink = |item| {
        match item {
            Item::Mail { raw, .. } => {
                mails += 1;
                assert!(raw.len() as u64 <= LIMIT);
                // Two separators in a row: a mail of nothing stands everywhere.
                let at = match raw.len() {
                    0 => Some(0),
                    length => bytes[from..].windows(length).position(|window| window == raw),
                };
                from += at.expect("a mail that is not in the file, or not in order") + raw.len();
            }
            Item::Skipped { .. } => skipped += 1,
        }
        ControlFlow::Continue(())
    };
    let read = files::read(&FILE, LIMIT, &|_| true, &mut sink, &mut |_, _| {});
    if let Ok(counts) = read {
        assert_eq!(counts.skipped, skipped);
        assert!(counts.candidates == counts.mails && mails <= counts.mails && counts.mails <= mails + skipped);
    }
    let _ = std::fs::remove_file(&*FILE);
});
