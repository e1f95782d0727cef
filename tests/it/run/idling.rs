//! What an idle daemon costs. `docs/MEASUREMENTS.md` has the numbers of a release build.

use std::time::{Duration, Instant};

use super::{FACEBOOK, MAY, confirmation, idles, unproven_confirmation};
use crate::support::daemon::{Daemon, Home, at, mailbox, trusting};
use crate::support::dns::{DnsServer, Says};
use crate::support::dovecot::Dovecot;
use crate::support::sign::{Body, Domain};

#[test]
fn an_idle_daemon_with_three_mailboxes_is_small_and_sleeps() {
    let (home, dovecot) = (Home::new(), Dovecot::start());
    dovecot.deliver("INBOX", &confirmation(), MAY);
    let daemon = three_idle_mailboxes(&home, &dovecot);
    let before = switches(&daemon);
    let begun = Instant::now();
    std::thread::sleep(watched());
    let woken = switches(&daemon) - before;
    let memory = Memory::of(&daemon);
    let threads = threads(&daemon);
    eprintln!("{woken} wake-ups in {:?}; {threads} threads; {memory:?} kB", begun.elapsed());
    // Nothing but Dovecot's `* OK Still here` and the next renewal of IDLE wakes it, and both are minutes away.
    let minutes = begun.elapsed().as_secs().div_ceil(60);
    assert!(woken <= 15 * minutes, "{woken} wake-ups in {:?}", begun.elapsed());
    assert_eq!(threads, 5, "the shell, one worker for each mailbox, and one that hears signals");
    assert!(memory.held < 6 * 1024 + 512, "{memory:?} kB");
}

#[test]
fn waiting_for_a_silent_dns_server_costs_nothing() {
    let (home, dovecot, dns) = (Home::new(), Dovecot::start(), DnsServer::start());
    let meta = Domain::new("support.facebook.com");
    dns.set(&meta.key_name(), Says::Fails);
    let section = format!("[dns]\nserver = \"{}\"\n", dns.address());
    home.configure(&format!("{section}{}{FACEBOOK}", at(&dovecot, "private", "poll = \"1s\"")));
    dovecot.deliver("INBOX", &meta.sign(&unproven_confirmation(), Body::Simple), MAY);
    let daemon = home.run();
    daemon.until("the mail is recorded", || home.sql("SELECT proof_retry FROM message") == ["1"]);
    dns.set(&meta.key_name(), Says::Silent);
    let (asked, last) = (dns.asked().len(), home.last_complete("private"));
    daemon.until("DNS is asked again", || dns.asked().len() > asked);
    // A pass that ends meanwhile has it ask once more, but only when this question is over.
    daemon.until("a pass ends", || home.last_complete("private") != last);
    let before = busy_for(&daemon);
    std::thread::sleep(Duration::from_secs(2));
    let busy = busy_for(&daemon) - before;
    assert!(busy < Duration::from_millis(300), "two passes do not take {busy:?}");
}

/// Three logins to one mailbox; each has been read, and waits.
fn three_idle_mailboxes(home: &Home, dovecot: &Dovecot) -> Daemon {
    let starttls = format!("tls = \"starttls\"\n{}", trusting(dovecot));
    let sections = [
        at(dovecot, "first", ""),
        at(dovecot, "second", "").replace("127.0.0.1", "localhost"),
        mailbox("third", dovecot.imap_port, &starttls),
        FACEBOOK.to_owned(),
    ];
    home.configure(&sections.concat());
    let daemon = home.run();
    daemon.until("all wait for mail", || idles(dovecot) == 3);
    daemon.until("the passes are over", || {
        home.sql("SELECT count(*) FROM mailbox WHERE last_complete IS NOT NULL") == ["3"]
    });
    // A thread of the runtime's pool that has nothing to do ends after 10 s; a worker sends its IDLE after the pass.
    // The shell and who listens for signals are there beside the three workers.
    daemon.until("only the workers are left", || threads(&daemon) == 5);
    let mut last = switches(&daemon);
    daemon.until("all sleep", || {
        std::thread::sleep(Duration::from_millis(300));
        let now = switches(&daemon);
        std::mem::replace(&mut last, now) == now
    });
    daemon
}

/// How long it is watched doing nothing: a moment, or what `docs/MEASUREMENTS.md` asks for.
fn watched() -> Duration {
    let seconds = std::env::var("CONFIRMD_WATCHED").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(3))
}

fn threads(daemon: &Daemon) -> usize {
    std::fs::read_dir(format!("/proc/{}/task", daemon.pid())).unwrap().count()
}

/// How often its threads have gone to sleep by themselves.
fn switches(daemon: &Daemon) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{}/task", daemon.pid())).unwrap().flatten();
    let statuses = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok());
    let switches = statuses.map(|status| {
        let number = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        number.trim().parse::<u64>().unwrap()
    });
    switches.sum()
}

/// Its processor time so far.
fn busy_for(daemon: &Daemon) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", daemon.pid())).unwrap();
    // Behind the name, which may hold blanks: `S 1 ...`, and as the 12th and 13th user and system time in 1/100 s.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: u64 = fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// In kB, from `smaps_rollup` and `smaps`.
#[derive(Debug)]
struct Memory {
    #[allow(dead_code, reason = "printed")]
    resident: u64,
    #[allow(dead_code, reason = "printed")]
    proportional: u64,
    #[allow(dead_code, reason = "printed")]
    anonymous: u64,
    /// Heaps and stacks: without the tables of binary and libraries that the loader relocates, which grow with an unoptimised build.
    held: u64,
}

impl Memory {
    fn of(daemon: &Daemon) -> Memory {
        let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", daemon.pid())).unwrap();
        let field = |name: &str| {
            let value = rollup.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            value.trim().trim_end_matches(" kB").parse().unwrap()
        };
        let held = anonymous_without_a_file(daemon.pid());
        Memory { resident: field("Rss:"), proportional: field("Pss:"), anonymous: field("Anonymous:"), held }
    }
}

fn anonymous_without_a_file(pid: u32) -> u64 {
    let (mut sum, mut counts) = (0, false);
    for line in std::fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            // `7f00-7f01 rw-p 00000000 00:00 0`, then a file, `[heap]` or nothing.
            [range, _, _, _, _, rest @ ..] if range.contains('-') => {
                counts = rest.first().is_none_or(|name| name.starts_with('['));
            }
            ["Anonymous:", size, "kB"] if counts => sum += size.parse::<u64>().unwrap(),
            _ => {}
        }
    }
    sum
}
