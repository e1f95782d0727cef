//! What a server has chosen for a TLS connection, read from its ServerHello as it passes by.
//!
//! `native-tls` does not tell version and cipher. They cross the wire in clear in every version (RFC 8446, section 4.1.3), so a look
//! at the first record is enough. Nothing is decided by it: what may be negotiated is the connector's business.

use openssl::ssl::{Ssl, SslContext, SslMethod};

/// More than a ServerHello with a post-quantum key share (1,200 bytes) has.
pub(in super::super) const LONGEST: usize = 2048;

/// A TLS version and a cipher suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// `TLS 1.3`.
    pub(super) version: String,
    /// `TLS_AES_256_GCM_SHA384`, or `0x1302` for one that OpenSSL has no name for.
    pub(super) cipher: String,
}

const HANDSHAKE: u8 = 22;
const SERVER_HELLO: u8 = 2;
/// `supported_versions`: the version of TLS 1.3 and later stands there, the old field says 1.2 for ever.
const SUPPORTED_VERSIONS: u16 = 43;

/// Reads the first bytes a server has sent; `None` where they hold no whole ServerHello.
pub(super) fn chosen(received: &[u8]) -> Option<Chosen> {
    let mut record = Bytes(received);
    if record.byte()? != HANDSHAKE {
        return None;
    }
    record.take(2)?;
    let mut message = Bytes(record.counted()?);
    if message.byte()? != SERVER_HELLO {
        return None;
    }
    message.take(3)?;
    let mut version = message.number()?;
    message.take(32)?;
    let session = message.byte()?;
    message.take(usize::from(session))?;
    let cipher = message.number()?;
    message.take(1)?;
    // A server may leave the extensions out.
    let mut extensions = Bytes(message.counted().unwrap_or_default());
    while let (Some(kind), Some(value)) = (extensions.number(), extensions.counted()) {
        if kind == SUPPORTED_VERSIONS {
            version = Bytes(value).number()?;
        }
    }
    Some(Chosen { version: version_name(version), cipher: cipher_name(cipher) })
}

fn version_name(version: u16) -> String {
    match version {
        0x0301 => "TLS 1.0".to_owned(),
        0x0302 => "TLS 1.1".to_owned(),
        0x0303 => "TLS 1.2".to_owned(),
        0x0304 => "TLS 1.3".to_owned(),
        other => format!("TLS version 0x{other:04x}"),
    }
}

/// The name of RFC 8446 and the IANA registry, which OpenSSL has a table of.
fn cipher_name(cipher: u16) -> String {
    let named = || {
        let context = SslContext::builder(SslMethod::tls()).ok()?.build();
        let ssl = Ssl::new(&context).ok()?;
        let lists = ssl.bytes_to_cipher_list(&cipher.to_be_bytes(), false).ok()?;
        lists.suites.iter().next()?.standard_name().map(str::to_owned)
    };
    named().unwrap_or_else(|| format!("0x{cipher:04x}"))
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    /// Bytes with their count in two bytes before them.
    fn counted(&mut self) -> Option<&'a [u8]> {
        let count = self.number()?;
        self.take(usize::from(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ServerHello in its record: version field, session id, cipher, extensions.
    fn hello(version: u16, session: &[u8], cipher: u16, extensions: &[(u16, &[u8])]) -> Vec<u8> {
        let mut list = Vec::new();
        for (kind, value) in extensions {
            list.extend(kind.to_be_bytes());
            list.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            list.extend(*value);
        }
        let mut body = version.to_be_bytes().to_vec();
        body.extend([7; 32]);
        body.push(u8::try_from(session.len()).unwrap());
        body.extend(session);
        body.extend(cipher.to_be_bytes());
        body.push(0);
        if !extensions.is_empty() {
            body.extend(u16::try_from(list.len()).unwrap().to_be_bytes());
            body.extend(list);
        }
        let mut message = vec![SERVER_HELLO, 0];
        message.extend(u16::try_from(body.len()).unwrap().to_be_bytes());
        message.extend(body);
        let mut record = vec![HANDSHAKE, 3, 3];
        record.extend(u16::try_from(message.len()).unwrap().to_be_bytes());
        record.extend(message);
        record
    }

    #[test]
    fn version_and_cipher_are_read_from_the_first_record() {
        let cases: [(Vec<u8>, &str, &str); 4] = [
            (hello(0x0303, &[9; 32], 0x1302, &[(51, &[1; 1124]), (43, &[3, 4])]), "TLS 1.3", "TLS_AES_256_GCM_SHA384"),
            (hello(0x0303, &[], 0xc030, &[]), "TLS 1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            (hello(0x0303, &[], 0xc02b, &[(23, &[])]), "TLS 1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
            (hello(0x0305, &[], 0x0a0a, &[]), "TLS version 0x0305", "0x0a0a"),
        ];
        for (bytes, version, cipher) in cases {
            let expected = Chosen { version: version.to_owned(), cipher: cipher.to_owned() };
            assert_eq!(chosen(&bytes), Some(expected));
        }
    }

    #[test]
    fn what_is_cut_or_something_else_tells_nothing() {
        let whole = hello(0x0303, &[9; 32], 0x1302, &[(43, &[3, 4])]);
        for end in 0..whole.len() {
            assert_eq!(chosen(&whole[..end]), None, "{end}");
        }
        for other in [&b"* OK ready\r\n"[..], &[21, 3, 3, 0, 2, 2, 40], &[22, 3, 3, 0, 4, 1, 0, 0, 0]] {
            assert_eq!(chosen(other), None, "{}", other.escape_ascii());
        }
    }
}
