//! One DKIM-Signature header as a value (RFC 6376 section 3.5).

use crate::mail::headers::{MAX_DECODED, RawHeader};

use super::canonical::Canon;
use super::fault::Fault;
use super::key::Algorithm;
use super::tags;

/// A signature, its syntax checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `a=`.
    pub algorithm: Algorithm,
    /// `b=`.
    pub value: Vec<u8>,
    /// `bh=`.
    pub body_hash: Vec<u8>,
    /// `c=`, of the header.
    pub header_canon: Canon,
    /// `c=`, of the body.
    pub body_canon: Canon,
    /// `d=`, lower case.
    pub domain: String,
    /// The domain of `i=`, lower case: `domain` or one below it.
    pub identity: String,
    /// `s=`, lower case.
    pub selector: String,
    /// `h=`, lower case.
    pub signed: Vec<String>,
    /// `t=`, seconds.
    pub made: Option<i64>,
    /// `x=`, seconds.
    pub expires: Option<i64>,
}

impl Signature {
    /// Reads a signature header.
    ///
    /// # Errors
    /// [`Fault::Malformed`], [`Fault::TooLong`], [`Fault::Algorithm`], and [`Fault::PartOfBody`] for any `l=`.
    pub fn parse(header: &RawHeader<'_>) -> Result<Signature, Fault> {
        if header.value.len() > MAX_DECODED {
            return Err(Fault::TooLong);
        }
        let text = header.text();
        let tags = tags::parse(&text).ok_or(Fault::Malformed)?;
        let required = |name: &str| tags.get(name).copied().ok_or(Fault::Malformed);
        if required("v")? != "1" {
            return Err(Fault::Malformed);
        }
        let algorithm = match required("a")?.to_ascii_lowercase().as_str() {
            "rsa-sha256" => Algorithm::RsaSha256,
            "ed25519-sha256" => Algorithm::Ed25519Sha256,
            // The value is the sender's: shown only when it is one of the known ones.
            "rsa-sha1" => return Err(Fault::Algorithm("rsa-sha1".to_owned())),
            _ => return Err(Fault::Algorithm("an unknown one".to_owned())),
        };
        if tags.contains_key("l") {
            return Err(Fault::PartOfBody);
        }
        if tags.get("q").is_some_and(|methods| !methods.split(':').any(|method| method.trim() == "dns/txt")) {
            return Err(Fault::Malformed);
        }
        let (header_canon, body_canon) = canons(tags.get("c").copied().unwrap_or("simple/simple"))?;
        let domain = tags::domain_name(required("d")?).ok_or(Fault::Malformed)?;
        let selector = tags::domain_name(required("s")?).ok_or(Fault::Malformed)?;
        let signed: Vec<String> = required("h")?.split(':').map(|name| name.trim().to_ascii_lowercase()).collect();
        let made = tags.get("t").map(|value| seconds(value)).transpose()?;
        let expires = tags.get("x").map(|value| seconds(value)).transpose()?;
        if signed.iter().any(String::is_empty) || made.zip(expires).is_some_and(|(made, expires)| expires <= made) {
            return Err(Fault::Malformed);
        }
        Ok(Signature {
            algorithm,
            value: tags::base64(required("b")?).ok_or(Fault::Malformed)?,
            body_hash: tags::base64(required("bh")?).ok_or(Fault::Malformed)?,
            header_canon,
            body_canon,
            identity: identity(tags.get("i").copied(), &domain)?,
            domain,
            selector,
            signed,
            made,
            expires,
        })
    }

    /// How often `name` (lower case) is signed.
    pub fn times_signed(&self, name: &str) -> usize {
        self.signed.iter().filter(|signed| *signed == name).count()
    }
}

/// `relaxed/simple`; without the second one the body is simple.
fn canons(value: &str) -> Result<(Canon, Canon), Fault> {
    let canon = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
        "simple" => Ok(Canon::Simple),
        "relaxed" => Ok(Canon::Relaxed),
        _ => Err(Fault::Malformed),
    };
    let (header, body) = value.split_once('/').unwrap_or((value, "simple"));
    Ok((canon(header)?, canon(body)?))
}

fn seconds(value: &str) -> Result<i64, Fault> {
    // Section 3.5: "not intended to exceed 10^12".
    let fine = (1..=12).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| fine).ok_or(Fault::Malformed)
}

/// The domain of `i=`, which must be the signing domain or one below it.
fn identity(value: Option<&str>, domain: &str) -> Result<String, Fault> {
    let Some(value) = value else { return Ok(domain.to_owned()) };
    let (_, identity) = value.rsplit_once('@').ok_or(Fault::Malformed)?;
    let identity = identity.to_ascii_lowercase();
    let within = identity == domain || identity.ends_with(&format!(".{domain}"));
    if within { Ok(identity) } else { Err(Fault::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "v=1; a=rsa-sha256; c=relaxed/simple; d=Example.org; s=S1; h=From:To : Date; bh=QUJD; b=RE\r\n VG";

    fn parse(value: &str) -> Result<Signature, Fault> {
        Signature::parse(&RawHeader { name: b"DKIM-Signature", value: value.as_bytes(), range: 0..0 })
    }

    #[test]
    fn a_signature_is_read() {
        let wanted = Signature {
            algorithm: Algorithm::RsaSha256,
            value: b"DEF".to_vec(),
            body_hash: b"ABC".to_vec(),
            header_canon: Canon::Relaxed,
            body_canon: Canon::Simple,
            domain: "example.org".to_owned(),
            identity: "example.org".to_owned(),
            selector: "s1".to_owned(),
            signed: vec!["from".to_owned(), "to".to_owned(), "date".to_owned()],
            made: None,
            expires: None,
        };
        assert_eq!(parse(GOOD), Ok(wanted.clone()));
        let more = parse(&format!("{GOOD}; t=1; x=2; i=me@mail.example.org; q=dns/txt; z=x; unknown=y;"));
        assert_eq!(
            more,
            Ok(Signature { identity: "mail.example.org".to_owned(), made: Some(1), expires: Some(2), ..wanted })
        );
        assert_eq!(
            parse(&GOOD.replace("c=relaxed/simple; ", "")).map(|read| (read.header_canon, read.body_canon)),
            Ok((Canon::Simple, Canon::Simple))
        );
        assert_eq!(
            parse(&GOOD.replace("relaxed/simple", "relaxed")).map(|read| (read.header_canon, read.body_canon)),
            Ok((Canon::Relaxed, Canon::Simple))
        );
    }

    #[test]
    fn a_signature_that_is_not_accepted_is_refused_with_its_reason() {
        let malformed = [
            GOOD.replace("v=1", "v=2"),
            GOOD.replace("v=1; ", ""),
            GOOD.replace("d=Example.org; ", ""),
            GOOD.replace("s=S1; ", ""),
            GOOD.replace("bh=QUJD; ", ""),
            GOOD.replace("h=From:To : Date; ", ""),
            GOOD.replace("From:To", "From::To"),
            GOOD.replace("QUJD", "*"),
            GOOD.replace("S1", "s 1"),
            GOOD.replace("Example.org", "exämple.org"),
            GOOD.replace("Example.org", "example..org"),
            GOOD.replace("relaxed/simple", "relaxed/nowsp"),
            format!("{GOOD}; d=example.org"),
            format!("{GOOD}; i=me@evil.example"),
            format!("{GOOD}; i=me@evilexample.org"),
            format!("{GOOD}; i=me"),
            format!("{GOOD}; q=http"),
            format!("{GOOD}; t=1; x=1"),
            format!("{GOOD}; t=-1"),
            format!("{GOOD}; x=99999999999999"),
            String::new(),
            "nonsense".to_owned(),
        ];
        for value in &malformed {
            assert_eq!(parse(value), Err(Fault::Malformed), "{value:?}");
        }
        assert_eq!(parse(&GOOD.replace("sha256", "sha1")), Err(Fault::Algorithm("rsa-sha1".to_owned())));
        assert_eq!(parse(&GOOD.replace("rsa-sha256", "x")), Err(Fault::Algorithm("an unknown one".to_owned())));
        assert_eq!(parse(&format!("{GOOD}; l=10")), Err(Fault::PartOfBody));
        assert_eq!(parse(&format!("{GOOD}; z={}", "x".repeat(20_000))), Err(Fault::TooLong));
    }
}
