//! What was tried against confirmd and what it did, for the table in `docs/FAULTS.md`, which `scripts/faults` makes.
//!
//! A test calls [`tried`] with the outcome it has observed, after asserting it; the outcome is not written by hand.
//! `tests/it/tidy/faults.rs` sees to it that the table names every fault the tests try.

use std::path::PathBuf;

/// Notes that `fault` was tried, and what came of it: the message as printed, an exit code, the figure measured.
/// `area` is a heading of the table. Write `fault` as a literal here or in [`fault`], and without figures that vary;
/// ports, process ids and temporary folders in the outcome are replaced by words.
pub fn tried(area: &str, fault: &str, what_happened: &str) {
    let told = [area, fault, &lasting(what_happened)].map(on_one_line);
    let folder = std::env::var_os("CONFIRMD_FAULTS")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("faults"), PathBuf::from);
    std::fs::create_dir_all(&folder).unwrap();
    // One file a fault: tests run beside each other, and the last run counts.
    let name: String = format!("{area} {fault}").chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let name: String = name.chars().take(180).collect();
    std::fs::write(folder.join(name + ".tsv"), told.join("\t") + "\n").unwrap();
}

/// The name of a fault in a case table, given to [`tried`] later; says so to the test that reads the sources.
pub const fn fault(name: &str) -> &str {
    name
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without what differs in every run: ports after `localhost:` and the like, temporary folders.
fn lasting(text: &str) -> String {
    let mut lasting = text.to_owned();
    for host in ["localhost:", "127.0.0.1:"] {
        let mut parts = lasting.split(host);
        let mut replaced = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let digits = part.chars().take_while(char::is_ascii_digit).count();
            replaced += if digits == 0 { host } else { host.trim_end_matches(':') };
            replaced += &part[digits..];
        }
        lasting = replaced;
    }
    for prefix in [".tmp", "confirmd-home", "confirmd-run"] {
        let temporary = format!("{}/{prefix}", std::env::temp_dir().to_string_lossy().trim_end_matches('/'));
        let mut parts = lasting.split(&temporary);
        let mut replaced = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let random = part.chars().take_while(char::is_ascii_alphanumeric).count();
            replaced += "DIR";
            replaced += &part[random..];
        }
        lasting = replaced;
    }
    lasting
}

#[test]
fn what_differs_in_every_run_is_left_out_of_the_table() {
    let temp = std::env::temp_dir();
    let temp = temp.display();
    for (text, left) in [
        ("localhost:4711 is not available".to_owned(), "localhost is not available"),
        ("127.0.0.1:1: and 127.0.0.1:22".to_owned(), "127.0.0.1: and 127.0.0.1"),
        ("localhost: no port".to_owned(), "localhost: no port"),
        (format!("{temp}/.tmpAbC123/confirmd.db: full"), "DIR/confirmd.db: full"),
    ] {
        assert_eq!(lasting(&text), left);
    }
}
