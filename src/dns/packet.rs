//! Questions and answers on the wire (RFC 1035), through simple-dns.

use std::time::Duration;

use simple_dns::rdata::RData;
use simple_dns::{CLASS, Name, Packet, PacketFlag, Question, RCODE, TYPE};

/// Aliases that are followed within one answer.
const MAX_ALIASES: usize = 8;
/// More answer records than any key has.
const MAX_ANSWERS: u16 = 64;

/// A question that has been given its id.
#[derive(Debug)]
pub struct Query {
    id: u16,
    name: Name<'static>,
    /// The packet as it is sent.
    pub bytes: Vec<u8>,
}

/// What a server said.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// TXT records (at least one) and how long they hold.
    Records {
        /// Each with its strings joined.
        records: Vec<String>,
        /// The least of the records' times to live.
        ttl: Duration,
    },
    /// No such name, or no TXT record.
    Missing,
    /// An error code, e.g. `SERVFAIL`.
    Failed(&'static str),
}

/// What a received packet is.
#[derive(Debug, PartialEq, Eq)]
pub enum Received {
    /// The answer to this question.
    Answer(Reply),
    /// The answer, cut off: to be asked for over TCP.
    Truncated,
    /// Not an answer to this question, or not readable: a forgery, or a late one.
    NotOurs,
}

impl Query {
    /// A question for the TXT records of `name`, with a random id. `None` when DNS cannot hold the name.
    pub fn txt(name: &str) -> Option<Query> {
        let mut id = [0; 2];
        openssl::rand::rand_bytes(&mut id).ok()?;
        let id = u16::from_be_bytes(id);
        let name = Name::new(name).ok()?.into_owned();
        let mut packet = Packet::new_query(id);
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        packet.questions.push(Question::new(name.clone(), TYPE::TXT.into(), CLASS::IN.into(), false));
        Some(Query { id, bytes: packet.build_bytes_vec().ok()?, name })
    }

    /// Reads a packet that came from the server.
    pub fn read(&self, bytes: &[u8]) -> Received {
        let Some(header) = bytes.first_chunk::<12>() else { return Received::NotOurs };
        let is_response = header[2] & 0x80 != 0;
        if u16::from_be_bytes([header[0], header[1]]) != self.id || !is_response {
            return Received::NotOurs;
        }
        // Only question and answers matter; a strange record in the other sections must not spoil them.
        let mut bytes = bytes.to_vec();
        bytes[8..12].fill(0);
        let truncated = header[2] & 0x02 != 0;
        let answers = if truncated { 0 } else { u16::from_be_bytes([header[6], header[7]]) };
        bytes[6..8].copy_from_slice(&answers.to_be_bytes());
        if answers > MAX_ANSWERS {
            return Received::NotOurs;
        }
        let Ok(packet) = Packet::parse(&bytes) else { return Received::NotOurs };
        let echoed = matches!(packet.questions.as_slice(), [question]
            if question.qname == self.name && question.qtype == TYPE::TXT.into() && question.qclass == CLASS::IN.into());
        if !echoed {
            return Received::NotOurs;
        }
        if truncated {
            return Received::Truncated;
        }
        let code = packet.rcode();
        Received::Answer(if code == RCODE::NoError {
            self.records(&packet)
        } else if code == RCODE::NameError {
            Reply::Missing
        } else if code == RCODE::ServerFailure {
            Reply::Failed("SERVFAIL")
        } else if code == RCODE::Refused {
            Reply::Failed("REFUSED")
        } else {
            Reply::Failed("an error")
        })
    }

    /// The TXT records of the name, or of what it is an alias for.
    fn records(&self, packet: &Packet<'_>) -> Reply {
        let mut name = self.name.clone();
        let mut ttl = u32::MAX;
        for _ in 0..=MAX_ALIASES {
            let mut records = Vec::new();
            let mut alias = None;
            for answer in packet.answers.iter().filter(|answer| answer.name == name && answer.class == CLASS::IN) {
                if let RData::TXT(txt) = &answer.rdata {
                    // A record that is not UTF-8 is no DKIM key.
                    if let Ok(text) = String::try_from(txt.clone()) {
                        records.push(text);
                        ttl = ttl.min(answer.ttl);
                    }
                } else if let RData::CNAME(target) = &answer.rdata {
                    alias = Some((target.0.clone().into_owned(), answer.ttl));
                }
            }
            if !records.is_empty() {
                return Reply::Records { records, ttl: Duration::from_secs(ttl.into()) };
            }
            let Some((target, alias_ttl)) = alias else { return Reply::Missing };
            name = target;
            ttl = ttl.min(alias_ttl);
        }
        Reply::Failed("a chain of aliases without end")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use simple_dns::ResourceRecord;
    use simple_dns::rdata::{CNAME, TXT};

    const NAME: &str = "s._domainkey.example.org";

    fn txt<'a>(name: &'a str, text: &'a str, ttl: u32) -> ResourceRecord<'a> {
        ResourceRecord::new(Name::new_unchecked(name), CLASS::IN, ttl, RData::TXT(TXT::try_from(text).unwrap()))
    }

    fn alias<'a>(name: &'a str, target: &'a str) -> ResourceRecord<'a> {
        ResourceRecord::new(Name::new_unchecked(name), CLASS::IN, 60, RData::CNAME(CNAME(Name::new_unchecked(target))))
    }

    fn reply<'a>(query: &Query, answers: Vec<ResourceRecord<'a>>) -> Packet<'a> {
        let mut packet = Packet::new_reply(query.id);
        packet.questions.push(Question::new(Name::new(NAME).unwrap(), TYPE::TXT.into(), CLASS::IN.into(), false));
        packet.answers = answers;
        packet
    }

    fn read(answers: Vec<ResourceRecord<'_>>) -> Received {
        let query = Query::txt(NAME).unwrap();
        query.read(&reply(&query, answers).build_bytes_vec_compressed().unwrap())
    }

    fn found(records: &[&str], seconds: u64) -> Received {
        let records = records.iter().map(|record| (*record).to_owned()).collect();
        Received::Answer(Reply::Records { records, ttl: Duration::from_secs(seconds) })
    }

    #[test]
    fn answers_are_read_and_aliases_followed() {
        let long = "k=rsa; p=".to_owned() + &"A".repeat(600);
        assert_eq!(read(vec![txt(NAME, "p=abc", 300)]), found(&["p=abc"], 300));
        assert_eq!(read(vec![txt(NAME, &long, 300)]), found(&[&long], 300));
        assert_eq!(read(vec![txt(NAME, "a", 300), txt(NAME, "b", 20)]), found(&["a", "b"], 20));
        assert_eq!(read(vec![txt("S._DomainKey.Example.ORG", "p=abc", 300)]), found(&["p=abc"], 300));
        assert_eq!(read(vec![txt("k.esp.example", "p=abc", 300), alias(NAME, "k.esp.example")]), found(&["p=abc"], 60));
        let missing = Received::Answer(Reply::Missing);
        assert_eq!(read(vec![]), missing);
        assert_eq!(read(vec![txt("other.example", "p=abc", 300)]), missing);
        assert_eq!(read(vec![alias(NAME, "k.esp.example")]), missing);
        let endless = read(vec![alias(NAME, "b.example"), alias("b.example", NAME)]);
        assert_eq!(endless, Received::Answer(Reply::Failed("a chain of aliases without end")));
    }

    #[test]
    fn what_is_not_the_answer_is_not_taken_for_it() {
        let query = Query::txt(NAME).unwrap();
        let good = reply(&query, vec![txt(NAME, "p=abc", 300)]).build_bytes_vec().unwrap();
        assert_eq!(query.read(&good), found(&["p=abc"], 300));
        let mut other_id = good.clone();
        other_id[0] ^= 1;
        let mut a_question = good.clone();
        a_question[2] &= 0x7f;
        let other_name = String::from_utf8_lossy(&good).contains("example").then(|| {
            let at = good.windows(7).position(|window| window == b"example").unwrap();
            let mut bytes = good.clone();
            bytes[at] = b'X';
            bytes
        });
        let mut many = good.clone();
        many[6..8].copy_from_slice(&u16::MAX.to_be_bytes());
        for bytes in [
            &other_id,
            &a_question,
            &other_name.unwrap(),
            &many,
            &good[..good.len() - 3].to_vec(),
            &good[..11].to_vec(),
            &Vec::new(),
        ] {
            assert_eq!(query.read(bytes), Received::NotOurs, "{bytes:?}");
        }
        let mut cut = good.clone();
        cut[2] |= 0x02;
        assert_eq!(query.read(&cut[..good.len() - 3]), Received::Truncated);
        // Another server's rubbish in the sections that do not matter.
        let mut rubbish = good.clone();
        rubbish[10..12].copy_from_slice(&3u16.to_be_bytes());
        assert_eq!(query.read(&rubbish), found(&["p=abc"], 300));
    }

    #[test]
    fn error_codes_are_told_apart() {
        let query = Query::txt(NAME).unwrap();
        let cases = [
            (3, Reply::Missing),
            (2, Reply::Failed("SERVFAIL")),
            (5, Reply::Failed("REFUSED")),
            (1, Reply::Failed("an error")),
        ];
        for (code, wanted) in cases {
            let mut bytes = reply(&query, vec![]).build_bytes_vec().unwrap();
            bytes[3] = (bytes[3] & 0xf0) | code;
            assert_eq!(query.read(&bytes), Received::Answer(wanted), "{code}");
        }
    }

    #[test]
    fn names_that_dns_cannot_hold_are_refused() {
        assert!(Query::txt(&format!("{}.example", "a".repeat(64))).is_none());
        assert!(Query::txt(&"a.".repeat(200)).is_none());
    }
}
