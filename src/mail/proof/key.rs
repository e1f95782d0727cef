//! Where the public keys of signatures come from, and what a key record says (RFC 6376 section 3.6.1).

use std::collections::BTreeMap;

use jiff::Timestamp;
use openssl::pkey::{Id, PKey, Public};
use openssl::rsa::Rsa;

use crate::model::proof::KeyRecord;

use super::fault::Fault;
use super::tags;

/// Shorter keys can be broken (RFC 8301 section 3.2). Meta signs with exactly this many.
const MIN_RSA_BITS: i32 = 1024;
/// Longer ones only cost time.
const MAX_RSA_BITS: i32 = 8192;

/// What became of asking for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// The TXT record, its strings joined, and when DNS gave it.
    Found {
        /// The record.
        txt: String,
        /// When DNS gave it.
        seen_at: Timestamp,
    },
    /// There is no such record: final.
    Missing,
    /// It could not be found out (the reason in words): worth another try.
    Unavailable(String),
}

/// Gives the TXT record of a DNS name such as `s1024-2013-q3._domainkey.facebookmail.com`.
pub trait KeyLookup {
    /// The record, or why there is none. The name is lower-case ASCII without a final dot.
    fn txt(&self, name: &str) -> Lookup;
}

/// For where DNS must not be asked: every key is unavailable.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeys;

impl KeyLookup for NoKeys {
    fn txt(&self, _name: &str) -> Lookup {
        Lookup::Unavailable("DNS is not asked".to_owned())
    }
}

/// The keys that were kept with a mail: verification without network, years later.
#[derive(Debug, Clone, Default)]
pub struct StoredKeys(BTreeMap<String, KeyRecord>);

impl FromIterator<KeyRecord> for StoredKeys {
    fn from_iter<I: IntoIterator<Item = KeyRecord>>(keys: I) -> StoredKeys {
        StoredKeys(keys.into_iter().map(|key| (key.name.to_ascii_lowercase(), key)).collect())
    }
}

impl KeyLookup for StoredKeys {
    fn txt(&self, name: &str) -> Lookup {
        match self.0.get(name) {
            Some(key) => Lookup::Found { txt: key.txt.clone(), seen_at: key.seen_at },
            None => Lookup::Unavailable("this key was not kept".to_owned()),
        }
    }
}

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `rsa-sha256`.
    RsaSha256,
    /// `ed25519-sha256` (RFC 8463).
    Ed25519Sha256,
}

/// A public key that may be used for mail.
#[derive(Debug)]
pub struct Key {
    public: PKey<Public>,
    /// `t=s`: the signature's identity must be of the signing domain itself, not of one below it.
    pub strict: bool,
}

impl Key {
    /// Reads a record for a signature made with `algorithm`.
    ///
    /// # Errors
    /// The [`Fault`] that makes the key unusable: revoked, of another kind, too short, not for mail.
    pub fn parse(txt: &str, algorithm: Algorithm) -> Result<Key, Fault> {
        let tags = tags::parse(txt).ok_or(Fault::BadKey)?;
        if tags.get("v").is_some_and(|version| *version != "DKIM1") {
            return Err(Fault::BadKey);
        }
        let listed = |name: &str, wanted: &[&str]| {
            tags.get(name).is_none_or(|list| list.split(':').any(|item| wanted.contains(&item.trim())))
        };
        if !listed("h", &["sha256"]) {
            return Err(Fault::KeyForbidsHash);
        }
        if !listed("s", &["*", "email"]) {
            return Err(Fault::KeyNotForMail);
        }
        let flags: Vec<&str> = tags.get("t").map(|flags| flags.split(':').map(str::trim).collect()).unwrap_or_default();
        // "Verifiers MUST NOT treat messages from Signers in testing mode differently from unsigned email".
        if flags.contains(&"y") {
            return Err(Fault::KeyBeingTested);
        }
        let kind = tags.get("k").copied().unwrap_or("rsa");
        let value = tags.get("p").copied().ok_or(Fault::BadKey)?;
        if value.is_empty() {
            return Err(Fault::KeyRevoked);
        }
        let bytes = tags::base64(value).ok_or(Fault::BadKey)?;
        let public = match algorithm {
            Algorithm::RsaSha256 if kind == "rsa" => rsa(&bytes)?,
            Algorithm::Ed25519Sha256 if kind == "ed25519" => {
                PKey::public_key_from_raw_bytes(&bytes, Id::ED25519).map_err(|_| Fault::BadKey)?
            }
            Algorithm::RsaSha256 | Algorithm::Ed25519Sha256 => return Err(Fault::KeyOfAnotherKind),
        };
        Ok(Key { public, strict: flags.contains(&"s") })
    }

    /// Whether `signature` is this key's over `data`.
    pub fn verifies(&self, algorithm: Algorithm, data: &[u8], signature: &[u8]) -> bool {
        let verified = match algorithm {
            Algorithm::RsaSha256 => openssl::sign::Verifier::new(openssl::hash::MessageDigest::sha256(), &self.public)
                .and_then(|mut verifier| verifier.verify_oneshot(signature, data)),
            // RFC 8463 section 3: the signature is over the hash, not over the data.
            Algorithm::Ed25519Sha256 => openssl::sign::Verifier::new_without_digest(&self.public)
                .and_then(|mut verifier| verifier.verify_oneshot(signature, &openssl::sha::sha256(data))),
        };
        verified.unwrap_or(false)
    }
}

fn rsa(bytes: &[u8]) -> Result<PKey<Public>, Fault> {
    // Everybody publishes a SubjectPublicKeyInfo; the RFC's text says RSAPublicKey.
    let rsa = Rsa::public_key_from_der(bytes)
        .or_else(|_| Rsa::public_key_from_der_pkcs1(bytes))
        .map_err(|_| Fault::BadKey)?;
    let bits = rsa.n().num_bits();
    if bits < MIN_RSA_BITS {
        return Err(Fault::KeyTooShort);
    }
    if bits > MAX_RSA_BITS {
        return Err(Fault::BadKey);
    }
    PKey::from_rsa(rsa).map_err(|_| Fault::BadKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(bits: u32) -> String {
        let der = Rsa::generate(bits).and_then(|rsa| rsa.public_key_to_der()).unwrap();
        openssl::base64::encode_block(&der)
    }

    #[test]
    fn a_key_is_used_only_for_what_it_is_for() {
        let (good, short) = (record(1024), record(768));
        let ed25519 = openssl::base64::encode_block(&PKey::generate_ed25519().unwrap().raw_public_key().unwrap());
        let parse = |txt: String| Key::parse(&txt, Algorithm::RsaSha256).map(|key| key.strict);
        assert_eq!(parse(format!("v=DKIM1; k=rsa; p={good}")), Ok(false));
        assert_eq!(parse(format!("p={good}")), Ok(false));
        assert_eq!(parse(format!("k=rsa; t=s; h=sha256; p={good}")), Ok(true));
        assert_eq!(parse(format!("h=sha1 : sha256; s=email; t=x:s; n=note; p={good};")), Ok(true));
        assert_eq!(parse(format!("p={}", good.replace('A', "A "))), Ok(false));
        assert_eq!(parse("v=DKIM1; p=".to_owned()), Err(Fault::KeyRevoked));
        assert_eq!(parse(format!("p={short}")), Err(Fault::KeyTooShort));
        assert_eq!(parse(format!("k=ed25519; p={ed25519}")), Err(Fault::KeyOfAnotherKind));
        assert_eq!(parse(format!("h=sha1; p={good}")), Err(Fault::KeyForbidsHash));
        assert_eq!(parse(format!("s=tlsrpt; p={good}")), Err(Fault::KeyNotForMail));
        assert_eq!(parse(format!("t=y:s; p={good}")), Err(Fault::KeyBeingTested));
        for bad in [
            "v=DKIM1",
            "v=spf1 -all",
            "hello",
            "p=!",
            "p=QUJD",
            &format!("v=DKIM2; p={good}"),
            &format!("p={good}; p={good}"),
        ] {
            assert_eq!(parse(bad.to_owned()), Err(Fault::BadKey), "{bad}");
        }
        assert!(Key::parse(&format!("k=ed25519; p={ed25519}"), Algorithm::Ed25519Sha256).is_ok());
        assert_eq!(Key::parse(&format!("p={good}"), Algorithm::Ed25519Sha256).err(), Some(Fault::KeyOfAnotherKind));
        assert_eq!(Key::parse("k=ed25519; p=QUJD", Algorithm::Ed25519Sha256).err(), Some(Fault::BadKey));
    }
}
