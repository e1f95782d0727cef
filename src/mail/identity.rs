//! Fingerprints: which copies are the same mail.

use openssl::sha::Sha256;

use super::headers::HeaderBlock;

/// The headers that make a mail this mail. Trace headers (Received, Delivered-To, X-...) differ between two copies.
const OWN_HEADERS: [&str; 5] = ["message-id", "date", "from", "to", "subject"];

/// The hex SHA-256 of what is the same in every copy of a mail: Message-ID, Date, From, To, Subject, and the body.
///
/// Line ends (a mail file has LF where the server has CRLF), folds and empty lines at the end do not count.
pub fn identity(raw: &[u8]) -> String {
    let block = HeaderBlock::of(raw);
    let mut hash = Sha256::new();
    for name in OWN_HEADERS {
        for header in block.named(name) {
            hash.update(name.as_bytes());
            hash.update(b":");
            let mut words = header.value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            for word in words.by_ref() {
                hash.update(word);
                hash.update(b" ");
            }
            hash.update(b"\n");
        }
    }
    hash.update(b"\n");
    for line in block.body.trim_ascii_end().split(|byte| *byte == b'\n') {
        hash.update(line.strip_suffix(b"\r").unwrap_or(line));
        hash.update(b"\n");
    }
    hex(&hash.finish())
}

/// The hex SHA-256 of the bytes.
pub fn sha256(raw: &[u8]) -> String {
    hex(&openssl::sha::sha256(raw))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: from a by b\r\nMessage-ID: <1@example.org>\r\nDate: Mon, 2 Jun 2025 10:00:00 +0200\r\n\
                        From: a@example.org\r\nTo: b@example.org\r\nSubject: one\r\n two\r\n\r\nbody\r\nmore\r\n";

    #[test]
    fn copies_have_the_same_identity_and_others_do_not() {
        let same = [
            MAIL.replace("Received: from a by b\r\n", ""),
            MAIL.replace("Received: from a by b", "Delivered-To: x@example.org\r\nX-Spam: no"),
            MAIL.replace("\r\n", "\n"),
            format!("{MAIL}\r\n"),
            MAIL.replace("one\r\n two", "one two"),
            MAIL.replace("Subject:", "SUBJECT:"),
        ];
        for copy in same {
            assert_eq!(identity(copy.as_bytes()), identity(MAIL.as_bytes()), "{copy:?}");
        }
        let others = [
            MAIL.replace("<1@", "<2@"),
            MAIL.replace("Mon, 2", "Tue, 3"),
            MAIL.replace("a@example.org", "c@example.org"),
            MAIL.replace("b@example.org", "c@example.org"),
            MAIL.replace("two", "three"),
            MAIL.replace("more", "less"),
            MAIL.replace("body\r\n", "body\r\n\r\n"),
            MAIL.replace("Subject: one\r\n two\r\n\r\n", "\r\nSubject: one\r\n two\r\n"),
        ];
        for other in others {
            assert_ne!(identity(other.as_bytes()), identity(MAIL.as_bytes()), "{other:?}");
        }
    }

    #[test]
    fn sha256_is_hex() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
