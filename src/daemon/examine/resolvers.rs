//! Whether DKIM keys can be had: one question to the servers that verifying asks too.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::Finding;
use crate::dns::{Answer, Resolver};
use crate::locale::{Locale, say};
use crate::model::harmless::harmless_short;

/// The key of Meta's mails in every capture from 2016 to 2026.
const KEY: &str = "s1024-2013-q3._domainkey.facebookmail.com";

/// Asks for Meta's DKIM key. `otherwise` names the mailboxes whose senders can be proven without DNS.
pub fn resolvers(server: Option<SocketAddr>, otherwise: &[String], locale: &Locale) -> Finding {
    let asked = match server {
        Some(server) => format!("{server} ([dns] server)"),
        None => system(std::fs::read_to_string("/etc/resolv.conf").ok().as_deref(), locale),
    };
    let begun = Instant::now();
    let answer = Resolver::new(server).txt(KEY);
    finding(&asked, &answer, begun.elapsed(), otherwise, locale)
}

fn system(resolv_conf: Option<&str>, locale: &Locale) -> String {
    let servers: Vec<String> = resolv_conf
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("nameserver"))
        .filter(|rest| rest.starts_with(char::is_whitespace))
        .filter_map(|rest| rest.split_whitespace().next())
        .map(|server| harmless_short(server, 60))
        .collect();
    if servers.is_empty() {
        say!(locale, "doc-dns-system-none")
    } else {
        say!(locale, "doc-dns-system", servers = servers.join(", "))
    }
}

fn finding(asked: &str, answer: &Answer, took: Duration, otherwise: &[String], locale: &Locale) -> Finding {
    let took = format!("{} ms", took.as_millis());
    match answer {
        Answer::Found(_) => Finding::ok(say!(locale, "doc-dns-ok", asked = asked, key = KEY, took = took)),
        Answer::Missing => Finding::note(
            say!(locale, "doc-dns-missing", asked = asked, key = KEY, took = took),
            say!(locale, "doc-dns-missing-todo"),
        ),
        Answer::Unavailable(why) => {
            let why = harmless_short(&locale.fault(why), 200);
            let only = if otherwise.is_empty() {
                say!(locale, "doc-dns-nothing")
            } else {
                say!(locale, "doc-dns-otherwise", mailboxes = otherwise.join(", "))
            };
            Finding::wrong(
                say!(locale, "doc-dns-silent", asked = asked, took = took, why = why),
                say!(locale, "doc-dns-silent-todo", only = only),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> &'static Locale {
        Locale::of(crate::model::language::Lang::En)
    }

    #[test]
    fn an_answer_is_good_a_missing_key_worth_a_note_and_silence_wrong() {
        let took = Duration::from_millis(12);
        let asked = "127.0.0.1:53 ([dns] server)";
        let found = finding(asked, &Answer::Found("v=DKIM1; p=x".to_owned()), took, &[], english());
        assert_eq!(
            found,
            Finding::ok(
                "127.0.0.1:53 ([dns] server) gives Meta's DKIM key, s1024-2013-q3._domainkey.facebookmail.com, in 12 ms"
            )
        );
        let missing = finding(asked, &Answer::Missing, took, &[], english());
        assert_eq!(
            (missing.level, missing.what.as_str()),
            (
                super::super::Level::Note,
                "127.0.0.1:53 ([dns] server) answers in 12 ms that there is no DKIM key s1024-2013-q3._domainkey.facebookmail.com"
            )
        );
        for (otherwise, only) in [
            (vec![], "(no mailbox has one that is trusted, so no mail can change a status)"),
            (vec!["\"private\"".to_owned(), "\"work\"".to_owned()], "(that is so for \"private\", \"work\")"),
        ] {
            let silent =
                finding(asked, &Answer::Unavailable("no answer\u{1b}".to_owned()), took, &otherwise, english());
            assert_eq!(
                silent.what,
                "127.0.0.1:53 ([dns] server) cannot be asked for Meta's DKIM key (12 ms): no answer\\u{1b}"
            );
            assert_eq!(silent.level, super::super::Level::Wrong);
            assert!(silent.todo.as_ref().unwrap().contains(only), "{silent:?}");
        }
    }

    #[test]
    fn the_systems_servers_are_those_of_resolv_conf() {
        let text = "# nameserver 192.0.2.9\nnameserver 192.0.2.1 \n\tnameserver\t2001:db8::1\nnameservers x\nsearch example.org\n";
        assert_eq!(
            system(Some(text), english()),
            "the system's resolver (192.0.2.1, 2001:db8::1, from /etc/resolv.conf)"
        );
        assert_eq!(system(None, english()), "the system's resolver (/etc/resolv.conf names none)");
    }
}
