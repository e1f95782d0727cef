//! A certificate authority of the tests' own, and server certificates.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509Name};

/// A CA and one server certificate it has signed.
#[derive(Clone)]
pub struct Certificates {
    /// The CA's certificate.
    pub ca_pem: Vec<u8>,
    /// The server's certificate.
    pub certificate_pem: Vec<u8>,
    /// The server's key (PKCS #8).
    pub key_pem: Vec<u8>,
}

impl Certificates {
    /// For `localhost` and 127.0.0.1; the same ones every time, because a client's loading a CA takes a fifth of a second.
    pub fn for_localhost() -> Certificates {
        static LOCALHOST: OnceLock<Certificates> = OnceLock::new();
        LOCALHOST.get_or_init(|| Certificates::for_names(&["localhost"], &["127.0.0.1"])).clone()
    }

    /// For the names and addresses given.
    pub fn for_names(names: &[&str], addresses: &[&str]) -> Certificates {
        Certificates::valid(names, addresses, MONTH)
    }

    /// For the names and addresses given, on these days from today on.
    fn valid(names: &[&str], addresses: &[&str], days: Range<i64>) -> Certificates {
        let ca_key = key();
        // OpenSSL finds an issuer by name: two CAs of one name would be taken for each other.
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("confirmd test CA {}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let ca = certificate(&name, &ca_key, None, &[], &[], MONTH);
        let server_key = key();
        let server = certificate("confirmd test server", &server_key, Some((&ca, &ca_key)), names, addresses, days);
        Certificates {
            ca_pem: ca.to_pem().unwrap(),
            certificate_pem: server.to_pem().unwrap(),
            key_pem: server_key.private_key_to_pem_pkcs8().unwrap(),
        }
    }

    /// For `localhost`, until yesterday.
    pub fn expired() -> Certificates {
        Certificates::valid(&["localhost"], &[], -2..-1)
    }

    /// For `localhost`, by nobody but the server itself; the CA of the same name is another one.
    pub fn self_signed() -> Certificates {
        let key = key();
        let own = certificate("localhost", &key, None, &["localhost"], &[], MONTH);
        Certificates {
            ca_pem: Certificates::for_localhost().ca_pem,
            certificate_pem: own.to_pem().unwrap(),
            key_pem: key.private_key_to_pem_pkcs8().unwrap(),
        }
    }
}

const MONTH: Range<i64> = 0..30;

fn in_days(days: i64) -> Asn1Time {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    Asn1Time::from_unix(i64::try_from(now).unwrap() + days * 86_400).unwrap()
}

fn key() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

fn certificate(
    name: &str,
    key: &PKey<Private>,
    issuer: Option<(&X509, &PKey<Private>)>,
    names: &[&str],
    addresses: &[&str],
    days: Range<i64>,
) -> X509 {
    let mut subject = X509Name::builder().unwrap();
    subject.append_entry_by_nid(Nid::COMMONNAME, name).unwrap();
    let subject = subject.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    let mut serial = BigNum::new().unwrap();
    serial.rand(120, MsbOption::MAYBE_ZERO, false).unwrap();
    builder.set_serial_number(&serial.to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&subject).unwrap();
    builder.set_issuer_name(issuer.map_or(&*subject, |(ca, _)| ca.subject_name())).unwrap();
    builder.set_not_before(&in_days(days.start)).unwrap();
    builder.set_not_after(&in_days(days.end)).unwrap();
    builder.set_pubkey(key).unwrap();
    if issuer.is_none() && names.is_empty() {
        builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    } else {
        let mut alternative = SubjectAlternativeName::new();
        for name in names {
            alternative.dns(name);
        }
        for address in addresses {
            alternative.ip(address);
        }
        let extension = alternative.build(&builder.x509v3_context(None, None)).unwrap();
        builder.append_extension(extension).unwrap();
    }
    builder.sign(issuer.map_or(key, |(_, ca_key)| ca_key), MessageDigest::sha256()).unwrap();
    builder.build()
}
