//! Bad days: what is killed, full, read-only, locked, damaged, at the wrong time, or short of something. The real binary, real
//! servers, real files; what confirmd says and does goes into docs/FAULTS.md.

mod clock;
mod damaged;
mod descriptors;
mod disk;
mod forbidden;
mod heart;
mod kills;
mod locked;
mod memory;
mod migrating;
mod signals;

use crate::support::daemon::{Home, at};
use crate::support::dovecot::Dovecot;

/// An account whose objection is long overdue.
const FACEBOOK: &str = "[[account]]\nid = \"anna-facebook\"\nplatform = \"facebook\"\nhandle = \"anna.muster\"\n\
    emails = [\"anna@example.org\"]\nobjected = 2025-05-20\n";

/// When Meta's mails were received.
const MAY: &str = "24-May-2025 10:00:00 +0200";

/// Meta's confirmation for that account; the own mail host vouches for its sender.
fn confirmation() -> Vec<u8> {
    let letter =
        crate::support::confirmd::letter(1, crate::support::confirmd::TITLE, crate::support::confirmd::HONOURED);
    crate::support::confirmd::vouch(&letter)
}

/// A home that watches this Dovecot, with a confirmation already read.
fn home_with_a_confirmation(dovecot: &Dovecot) -> Home {
    let home = Home::new();
    home.configure(&format!("{}{FACEBOOK}", at(dovecot, "private", "")));
    dovecot.deliver("INBOX", &confirmation(), MAY);
    let (code, _, stderr) = home.says(&["sync"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(home.status(), ["anna-facebook confirmed"]);
    home
}

/// A database without a fault in it.
#[track_caller]
fn sound(home: &Home) {
    assert_eq!(home.sql("PRAGMA integrity_check"), ["ok"]);
    assert_eq!(home.sql("PRAGMA foreign_key_check"), Vec::<String>::new());
}

/// Everything that an error says, without the path of the test's folder and confirmd's name before it.
fn said(home: &Home, text: &str) -> String {
    let folder = home.path("").display().to_string();
    let text = text.replace(folder.trim_end_matches('/'), "DIR");
    text.trim_start_matches("confirmd: ").trim().to_owned()
}

/// How many rounds of something random: few in the ordinary run, as many as `CONFIRMD_ROUNDS` says else (CONTRIBUTING.md).
pub fn rounds(usual: u32) -> u32 {
    std::env::var("CONFIRMD_ROUNDS").map_or(usual, |rounds| rounds.parse().unwrap())
}

/// Random moments. The seed is printed where a test fails; `CONFIRMD_SEED` gives the same ones again.
pub struct Moments(u64);

impl Moments {
    /// From a new seed, which is printed, or the one given.
    pub fn new() -> Moments {
        let seed = std::env::var("CONFIRMD_SEED").map_or_else(
            |_| u64::try_from(jiff::Timestamp::now().as_microsecond()).unwrap(),
            |seed| seed.parse().unwrap(),
        );
        eprintln!("CONFIRMD_SEED={seed}");
        Moments(seed | 1)
    }

    /// A moment within that time.
    pub fn within(&mut self, whole: std::time::Duration) -> std::time::Duration {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole.mul_f64((self.0 >> 11) as f64 / (1u64 << 53) as f64)
    }
}
