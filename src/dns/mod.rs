//! TXT records from DNS: a small stub resolver, for DKIM keys.
//!
//! Asks the configured server or the system's over UDP, and over TCP where an answer does not fit. It does not validate
//! DNSSEC, does not search domains, and knows no other record than TXT. It blocks for up to five seconds: not for an async thread.

mod ask;
mod cache;
mod packet;
mod system;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cache::Cache;
use packet::{Query, Reply};

/// The whole of one question, with every server and every repetition. glibc waits as long for one server.
const DEADLINE: Duration = Duration::from_secs(5);
/// How long one server is waited for before the next is asked. Datagrams get lost.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// How long in later rounds.
const LATER_WAIT: Duration = Duration::from_secs(2);

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The TXT record of the name, its strings joined. Of several, the one that looks like a key.
    Found(String),
    /// There is no such name, or it has no TXT record.
    Missing,
    /// No server could say (the reason in words): worth another try later.
    Unavailable(String),
}

/// Asks for TXT records, and remembers the answers for a while.
#[derive(Debug)]
pub struct Resolver {
    servers: Servers,
    deadline: Duration,
    cache: Mutex<Cache>,
}

#[derive(Debug)]
enum Servers {
    Fixed(Vec<SocketAddr>),
    /// Read again for every question: a laptop changes its network.
    File(PathBuf),
}

impl Resolver {
    /// Asks this server only, or those in `/etc/resolv.conf`.
    pub fn new(server: Option<SocketAddr>) -> Resolver {
        match server {
            Some(server) => Resolver::with_servers(vec![server]),
            None => Resolver::with_file(Path::new("/etc/resolv.conf")),
        }
    }

    /// Asks these servers, in this order.
    pub fn with_servers(servers: Vec<SocketAddr>) -> Resolver {
        Resolver::of(Servers::Fixed(servers))
    }

    /// Asks the servers in a file in the format of `/etc/resolv.conf`.
    pub fn with_file(path: &Path) -> Resolver {
        Resolver::of(Servers::File(path.to_owned()))
    }

    /// The same with another limit for one question than five seconds.
    pub fn within(mut self, deadline: Duration) -> Resolver {
        self.deadline = deadline;
        self
    }

    /// The TXT records of `name`, e.g. `s1024-2013-q3._domainkey.facebookmail.com`. Blocks until the deadline at the latest.
    pub fn txt(&self, name: &str) -> Answer {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if let Some(answer) = self.cache().get(&name, Instant::now()) {
            return answer;
        }
        let (answer, ttl) = self.ask(&name);
        self.cache().put(name, answer.clone(), ttl, Instant::now());
        answer
    }

    /// The servers that a question would go to now.
    pub fn servers(&self) -> Vec<SocketAddr> {
        match &self.servers {
            Servers::Fixed(servers) => servers.clone(),
            Servers::File(path) => system::servers(path),
        }
    }

    fn of(servers: Servers) -> Resolver {
        Resolver { servers, deadline: DEADLINE, cache: Mutex::new(Cache::default()) }
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks one server after the other, again and again, until one answers or time is up.
    fn ask(&self, name: &str) -> (Answer, Duration) {
        let end = Instant::now() + self.deadline;
        let servers = self.servers();
        let mut wait = FIRST_WAIT;
        let mut reason = "no server answered in time".to_owned();
        loop {
            let mut all_refused = true;
            for server in &servers {
                let now = Instant::now();
                if now >= end {
                    return (Answer::Unavailable(reason), Duration::MAX);
                }
                // A new id and a new port for every attempt: a forged answer has to guess both.
                let Some(query) = Query::txt(name) else { return (Answer::Missing, Duration::MAX) };
                match ask::ask(*server, &query, end.min(now + wait)) {
                    Ok(Reply::Records { records, ttl }) => return (found(records), ttl),
                    Ok(Reply::Missing) => return (Answer::Missing, Duration::MAX),
                    Ok(Reply::Failed(code)) => reason = format!("{server} answered {code}"),
                    Err(ask::Failure::Refused(error)) => reason = format!("{server}: {error}"),
                    Err(ask::Failure::Silent) => {
                        all_refused = false;
                        reason = format!("{server} did not answer in time");
                    }
                }
            }
            if all_refused {
                return (Answer::Unavailable(reason), Duration::MAX);
            }
            wait = LATER_WAIT;
        }
    }
}

/// RFC 6376 section 3.6.2.2 leaves open what several records at one name mean; a key has a tag `p=`.
fn found(records: Vec<String>) -> Answer {
    let is_key = |record: &String| record.split(';').any(|tag| tag.trim_start().starts_with("p="));
    let key = records.iter().position(is_key).unwrap_or_default();
    records.into_iter().nth(key).map_or(Answer::Missing, Answer::Found)
}
