//! No secret leaves before a verified TLS connection: certificates and versions that do not suffice.

use std::io::Read;
use std::net::TcpListener;
use std::thread::JoinHandle;
use std::time::Duration;

use confirmd::imap::{Auth, Canceller, Connection, Endpoint, Error, Tls};
use openssl::ssl::{SslAcceptor, SslMethod, SslVersion};
use secrecy::SecretString;

use crate::support::certificates::Certificates;
use crate::support::faults::{fault, tried};

/// A TLS server for one client: everything that client says after the handshake.
struct Server {
    port: u16,
    heard: JoinHandle<Vec<u8>>,
}

impl Server {
    fn start(certificates: &Certificates, most: Option<SslVersion>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
        acceptor.set_min_proto_version(None).unwrap();
        if most.is_some() {
            // What such a server offers, today's libraries call insecure.
            acceptor.set_cipher_list("ALL:@SECLEVEL=0").unwrap();
            acceptor.clear_options(openssl::ssl::SslOptions::NO_TLSV1 | openssl::ssl::SslOptions::NO_TLSV1_1);
        }
        acceptor.set_max_proto_version(most).unwrap();
        let certificate = openssl::x509::X509::from_pem(&certificates.certificate_pem).unwrap();
        acceptor.set_certificate(&certificate).unwrap();
        acceptor.set_private_key(&openssl::pkey::PKey::private_key_from_pem(&certificates.key_pem).unwrap()).unwrap();
        let acceptor = acceptor.build();
        let heard = std::thread::spawn(move || {
            let (tcp, _) = listener.accept().unwrap();
            tcp.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let mut said = Vec::new();
            if let Ok(mut stream) = acceptor.accept(tcp) {
                let _ = stream.read_to_end(&mut said);
            }
            said
        });
        Server { port, heard }
    }
}

#[test]
fn a_certificate_or_a_version_that_does_not_suffice_is_refused_before_anything_is_said() {
    let good = Certificates::for_localhost();
    let expired = Certificates::expired();
    let alone = Certificates::self_signed();
    let elsewhere = Certificates::for_names(&["imap.example.org"], &["127.0.0.2"]);
    let old = "the TLS handshake failed: ";
    let cases = [
        (fault("the certificate is for another host name"), &elsewhere, None, "hostname mismatch"),
        (fault("the certificate has expired"), &expired, None, "certificate has expired"),
        (fault("the certificate is self-signed"), &alone, None, "self-signed certificate"),
        (fault("the server speaks TLS 1.1 at most"), &good, Some(SslVersion::TLS1_1), old),
        (fault("the server speaks TLS 1.0 at most"), &good, Some(SslVersion::TLS1), old),
    ];
    for (fault, certificates, most, said) in cases {
        let server = Server::start(certificates, most);
        let endpoint = Endpoint {
            host: "localhost".to_owned(),
            port: server.port,
            tls: Tls::Implicit,
            ca_pem: Some(certificates.ca_pem.clone()),
            username: "anna".to_owned(),
            auth: Auth::Login,
            timeout: Duration::from_secs(20),
            message_limit: 1_000_000,
        };
        let result = Connection::open(&endpoint, &SecretString::from("secret"), &Canceller::new().unwrap());
        let error = result.unwrap_err();
        let text = error.to_string().replace(&format!("localhost:{}", server.port), "HERE");
        assert!(text.contains(said), "{fault}: {text}");
        assert_eq!(matches!(error, Error::Certificate { .. }), most.is_none(), "{fault}: {error:?}");
        assert_eq!(server.heard.join().unwrap(), b"", "{fault}");
        tried("Transport", fault, &format!("\"{text}\"; nothing was sent"));
    }
}
