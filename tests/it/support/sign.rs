//! A small DKIM signer, so that scenarios can have mails that are proven. It shares no code with the verifier.

use openssl::hash::{MessageDigest, hash};
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::sign::Signer;

/// How the body is canonicalised; the header is always relaxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// `c=relaxed/simple`, as Meta signs.
    Simple,
    /// `c=relaxed/relaxed`.
    Relaxed,
}

/// A domain that signs, with an RSA key of 1024 bits made for this test, as long as Meta's.
#[derive(Clone)]
pub struct Domain {
    name: String,
    selector: String,
    key: PKey<openssl::pkey::Private>,
}

impl Domain {
    /// A new key for `name`, e.g. `facebookmail.com`.
    pub fn new(name: &str) -> Domain {
        let key = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
        Domain { name: name.to_owned(), selector: "s1024-test".to_owned(), key }
    }

    /// The DNS name of the key record.
    pub fn key_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.name)
    }

    /// The key record, with the flags of Meta's.
    pub fn key_record(&self) -> String {
        format!(
            "k=rsa; t=s; h=sha256; p={}",
            openssl::base64::encode_block(&self.key.public_key_to_der().unwrap()).replace('\n', "")
        )
    }

    /// The mail, its line ends made CRLF, with a signature on top.
    pub fn sign(&self, mail: &[u8], body: Body) -> Vec<u8> {
        self.sign_with(mail, body, &["Date", "To", "Subject", "From", "MIME-Version", "Content-Type"], "")
    }

    /// Like [`Domain::sign`], with the headers to sign and further tags such as `x=1748851200;`.
    pub fn sign_with(&self, mail: &[u8], body: Body, headers: &[&str], tags: &str) -> Vec<u8> {
        let mail = crlf(mail);
        let (head, content) = match mail.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(end) => (&mail[..end + 2], &mail[end + 4..]),
            None => (mail.as_slice(), [].as_slice()),
        };
        let head = String::from_utf8_lossy(head).into_owned();
        let present = unfolded(&head);
        let canon = if body == Body::Simple { "simple" } else { "relaxed" };
        let body_hash =
            openssl::base64::encode_block(&hash(MessageDigest::sha256(), &canonical(content, body)).unwrap());
        let list = headers.join(":");
        let unsigned = format!(
            "v=1; a=rsa-sha256; c=relaxed/{canon}; d={}; s={}; {tags} h={list}; bh={body_hash}; b=",
            self.name, self.selector
        );
        let mut data = String::new();
        let mut taken = vec![false; present.len()];
        for name in headers {
            let lowest = (0..present.len()).rev().find(|at| !taken[*at] && present[*at].0.eq_ignore_ascii_case(name));
            if let Some(at) = lowest {
                taken[at] = true;
                data.push_str(&relaxed(&present[at].0, &present[at].1));
                data.push_str("\r\n");
            }
        }
        data.push_str(&relaxed("DKIM-Signature", &unsigned));
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).unwrap();
        let signature =
            openssl::base64::encode_block(&signer.sign_oneshot_to_vec(data.as_bytes()).unwrap()).replace('\n', "");
        let mut signed = format!("DKIM-Signature: {unsigned}{signature}\r\n").into_bytes();
        signed.extend_from_slice(&mail);
        signed
    }
}

fn crlf(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len());
    for (at, byte) in mail.iter().enumerate() {
        if *byte == b'\n' && (at == 0 || mail[at - 1] != b'\r') {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    out
}

fn unfolded(head: &str) -> Vec<(String, String)> {
    let joined = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let pairs = joined.lines().filter_map(|line| line.split_once(':'));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn relaxed(name: &str, value: &str) -> String {
    format!(
        "{}:{}",
        name.trim().to_lowercase(),
        value.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    )
}

fn canonical(content: &[u8], body: Body) -> Vec<u8> {
    let text: Vec<Vec<u8>> = content
        .split(|byte| *byte == b'\n')
        .map(|line| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if body == Body::Simple {
                return line.to_vec();
            }
            let starts_blank = line.starts_with(b" ") || line.starts_with(b"\t");
            let words: Vec<&[u8]> =
                line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty()).collect();
            let joined = words.join(&b' ');
            if starts_blank && !joined.is_empty() { [b" ".as_slice(), &joined].concat() } else { joined }
        })
        .collect();
    let kept = text.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let mut out = Vec::new();
    for line in &text[..kept] {
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
    }
    if kept == 0 && body == Body::Simple {
        out.extend_from_slice(b"\r\n");
    }
    out
}
