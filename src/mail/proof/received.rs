//! Received headers: which hop a mail made, and whether it stayed inside the own mail host.
//!
//! Reads the shapes that Postfix, Exim, sendmail, Exchange, Cyrus and Dovecot write. Only the client's address and its verified
//! name say anything: the name after `from` is what the client called itself, and anybody may call himself anything.

use std::net::IpAddr;

use super::alignment::organisation;

/// One Received header, e.g. `from HELO (mail.example.org [192.0.2.1]) by mx.example.org with ESMTPS; DATE`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// What the client called itself; `None` where there is no `from` clause: nothing came over a network.
    pub from: Option<String>,
    /// The client's name as the server looked it up: the one before `[192.0.2.1]`.
    pub verified: Option<String>,
    /// The client's addresses.
    pub addresses: Vec<IpAddr>,
    /// Something in parentheses was said about the client.
    pub described: bool,
    /// The server, in lower case.
    pub by: String,
    /// The protocol in upper case, e.g. `ESMTPS`, `LMTP`.
    pub with: String,
}

impl Hop {
    /// Reads an unfolded header value.
    pub fn parse(value: &str) -> Hop {
        let mut hop = Hop::default();
        let mut clause = Clause::Other;
        for (at, word) in words(value).into_iter().enumerate() {
            match (clause, word) {
                (Clause::From, Word::Plain(word)) if hop.from.is_none() => hop.from = Some(word.to_ascii_lowercase()),
                (Clause::By, Word::Plain(word)) if hop.by.is_empty() => hop.by = word.to_ascii_lowercase(),
                (Clause::With, Word::Plain(word)) if hop.with.is_empty() => hop.with = word.to_ascii_uppercase(),
                // fetchmail puts the address behind the name without parentheses.
                (Clause::From, Word::Plain(word)) if word.starts_with('[') => hop.addresses.extend(addresses(&word)),
                (Clause::From, Word::Comment(comment)) => hop.describe(&comment),
                (_, Word::Plain(word)) => {
                    clause = match word.to_ascii_lowercase().as_str() {
                        "from" if at == 0 => Clause::From,
                        "by" if hop.by.is_empty() => Clause::By,
                        "with" => Clause::With,
                        _ => Clause::Other,
                    }
                }
                (_, Word::Comment(comment)) => {
                    // Fastmail: `by compute1.internal (LMTPProxy);`
                    if comment == "LMTPProxy" {
                        hop.with = "LMTP".to_owned();
                    }
                }
            }
        }
        hop
    }

    /// Whether the hop stayed inside the host that calls itself `authserv_id`, so that nobody outside wrote anything before it.
    pub fn is_internal(&self, authserv_id: &str) -> bool {
        let Some(from) = &self.from else { return true };
        // LMTP hands a mail to its store. POP3 and IMAP: the person's own fetchmail took it from there.
        if ["LMTP", "POP3", "IMAP"].iter().any(|protocol| self.with.starts_with(protocol)) {
            return true;
        }
        if !self.addresses.is_empty() && self.addresses.iter().all(is_private) {
            return true;
        }
        let Some(own) = organisation(authserv_id) else { return false };
        let belongs = |name: &str| organisation(name) == Some(own);
        // Without any description of the client the server took it from a place it knows. A client that calls itself by the
        // server's own name is a spammer's oldest trick.
        let client =
            if self.described { self.verified.as_deref() } else { Some(from.as_str()).filter(|name| *name != self.by) };
        belongs(&self.by) && client.is_some_and(belongs)
    }

    fn describe(&mut self, comment: &str) {
        self.described = true;
        self.addresses.extend(addresses(comment));
        let mut parts = comment.split_whitespace();
        if let (Some(name), Some(address)) = (parts.next(), parts.next()) {
            let looked_up = address.starts_with('[') && name != "unknown" && !name.contains(['=', '[']);
            // sendmail says "(may be forged)" when the name does not lead back to the address.
            if looked_up && !comment.contains("forged") {
                self.verified = Some(name.to_ascii_lowercase());
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Clause {
    From,
    By,
    With,
    Other,
}

enum Word {
    Plain(String),
    /// The inside of an outermost pair of parentheses.
    Comment(String),
}

fn words(value: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current = String::new();
    let mut depth = 0usize;
    for c in value.chars() {
        match c {
            '(' => {
                if depth == 0 && !current.is_empty() {
                    words.push(Word::Plain(std::mem::take(&mut current)));
                } else if depth > 0 {
                    current.push(c);
                }
                depth += 1;
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    words.push(Word::Comment(std::mem::take(&mut current)));
                } else {
                    current.push(c);
                }
            }
            c if depth == 0 && (c.is_whitespace() || c == ';') => {
                if !current.is_empty() {
                    words.push(Word::Plain(std::mem::take(&mut current)));
                }
                if c == ';' {
                    return words; // the date
                }
            }
            c => current.push(c),
        }
    }
    if !current.is_empty() && depth == 0 {
        words.push(Word::Plain(current));
    }
    words
}

/// Every IP address in a text: `mail.example.org [IPv6:2001:db8::1]`.
fn addresses(text: &str) -> Vec<IpAddr> {
    let pieces = text.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ',' | '='));
    pieces
        .filter_map(|piece| {
            let bare =
                piece.get(..5).filter(|start| start.eq_ignore_ascii_case("ipv6:")).map_or(piece, |_| &piece[5..]);
            // A port may follow: `148.81.175.50:36151`.
            bare.parse().ok().or_else(|| bare.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
        })
        .map(|ip: IpAddr| ip.to_canonical())
        .collect()
}

/// Addresses that no stranger connects from.
fn is_private(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_private() || ip.is_loopback() || ip.is_link_local() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hops_inside_the_own_host_are_internal() {
        let yes = [
            "by 2002:a05:7000:1f2a:b0:4c1:4bf5:6c3f with SMTP id t42csp1; Mon",
            "by mx.example.org (Postfix, from userid 0) id 1; Mon",
            "from mx.example.org by imap.example.org with LMTP id 1; Mon",
            "from mx1.example.org ([192.0.2.9]) by director-05.hosting.example (Dovecot) with LMTPS; Mon",
            "from mx5 ([10.202.2.204]) by compute4.internal (LMTPProxy); Mon",
            "from mx6 ([192.0.2.4]) by compute4.internal (LMTPProxy); Mon",
            "from localhost (localhost [127.0.0.1]) by mx.example.org (Postfix) with ESMTP; Mon",
            "from mx01.example.org (mailin02.example.org [127.0.0.1]) by mailin02.example.org (Postfix) with ESMTPS; Mon",
            "from bastet ([IPv6:::ffff:127.0.0.1]) by localhost (amavisd-new) with LMTP; Mon",
            "from mx.example.org (mx.example.org [192.0.2.1]) by imap.example.org (Postfix) with ESMTP; Mon",
            "from mx.example.org by imap.example.org with ESMTP; Mon",
            "from pop.gmx.example [192.0.2.1] by localhost with POP3 (fetchmail-6.4.6) for <a@localhost>; Mon",
            "from x (unknown [fd00::1]) by mx.example.org with ESMTP; Mon",
        ];
        for value in yes {
            assert!(Hop::parse(value).is_internal("mx.example.org"), "{value}: {:?}", Hop::parse(value));
        }
        let no = [
            "from mail.evil.example (mail.evil.example [203.0.113.9]) by mx.example.org (Postfix) with ESMTPS; Mon",
            // It calls itself what it likes.
            "from mx.example.org (unknown [203.0.113.9]) by mx.example.org (Postfix) with ESMTP; Mon",
            "from mx2.example.org (evil.example [203.0.113.9]) by mx.example.org with ESMTP; Mon",
            "from mx2.example.org ([203.0.113.9]) by mx.example.org with ESMTP; Mon",
            "from mx2.example.org ([203.0.113.9] helo=mx.example.org) by mx.example.org with esmtp; Mon",
            "from evil ([203.0.113.9] helo=[127.0.0.1]) by mx.example.org with esmtp; Mon",
            "from [127.0.0.1] (unknown [203.0.113.9]) by mx.example.org with ESMTP; Mon",
            "from mx.example.org by mx.example.org with ESMTP; Mon",
            "from mx2.example.org (mx2.example.org [203.0.113.9] (may be forged)) by mx.example.org with ESMTP; Mon",
            "from evil (203.0.113.9) by mx.example.org (10.0.0.1) with Microsoft SMTP Server; Mon",
            "from by (by [203.0.113.9]) by mx.example.org with ESMTP; Mon",
            "from with LMTP by mx.example.org with ESMTP; Mon",
            "from evil.example by mx.example.org with ESMTP; Mon",
            "from mx.example.org.evil.example (mx.example.org.evil.example [203.0.113.9]) by mx.example.org with ESMTP; Mon",
            "from mx.example.org (mx.example.org [203.0.113.9]) by mx.elsewhere.example with ESMTP; Mon",
            "from x (x [203.0.113.9]) by mx.example.org with ESMTP (with LMTP); Mon",
            "from x (x [203.0.113.9]) by mx.example.org with ESMTP; from LMTP with LMTP",
            "from 148.81.175.50 (EHLO x) by mx.example.org; Mon",
        ];
        for value in no {
            assert!(!Hop::parse(value).is_internal("mx.example.org"), "{value}: {:?}", Hop::parse(value));
        }
    }
}
