//! A desk: a configuration without a mailbox, a folder for mail files, and Meta's key in a DNS server on loopback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::dns::DnsServer;
use super::sign::Domain;

/// A confirmation of Meta's to Anna, not signed yet.
pub const MAIL: &str = "X-Synthetic: yes, made for the confirmd test corpus\r\n\
    Received: from mx-out.facebook.com (mx-out.facebook.com [192.0.2.1]) by mx.example.org; Wed, 21 May 2025 23:30:00 +0000\r\n\
    From: Facebook <case++1@support.facebook.com>\r\n\
    To: Anna Muster <anna@example.org>\r\n\
    Subject: Object to your information being used for AI at Meta\r\n\
    Date: Wed, 21 May 2025 09:00:00 +0000\r\n\
    Message-ID: <1@support.facebook.com>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\
    \r\n\
    Hi Anna,\r\n\
    \r\n\
    We've reviewed your request and will honour your objection. This means we won't use your public information from\r\n\
    Facebook and Instagram for future development and improvement of generative AI models at Meta.\r\n";

/// A configuration without a mailbox, a folder for files, and Meta's key in a DNS server.
pub struct Desk {
    /// Where the files are.
    pub dir: tempfile::TempDir,
    /// What DNS says.
    pub dns: DnsServer,
    /// Meta's key.
    pub meta: Domain,
}

impl Desk {
    /// Anna has one account, a Facebook one; DNS has the key of support.facebook.com.
    pub fn new() -> Desk {
        let (dir, dns, meta) = (tempfile::tempdir().unwrap(), DnsServer::start(), Domain::new("support.facebook.com"));
        dns.txt(&meta.key_name(), &meta.key_record());
        let config = format!(
            "database = \"confirmd.db\"\n[dns]\nserver = \"{}\"\n[limits]\nmessage = \"20 KB\"\n[[account]]\nid = \"anna-facebook\"\n\
             platform = \"facebook\"\ndisplay_name = \"Anna Muster\"\nemails = [\"anna@example.org\"]\nobjected = 2025-05-20\n",
            dns.address()
        );
        fs::write(dir.path().join("confirmd.toml"), config).unwrap();
        Desk { dir, dns, meta }
    }

    /// Writes a file.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Runs confirmd.
    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_confirmd"));
        command.env_clear().env("TZ", "UTC").env("CONFIRMD_CONFIG", self.dir.path().join("confirmd.toml"));
        command.args(args).output().unwrap()
    }

    /// Scans a file; what is said.
    pub fn scan(&self, path: &Path) -> String {
        self.text(&["scan", path.to_str().unwrap()])
    }

    /// What a command says that must not fail.
    pub fn text(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The JSON document of a command that must not fail.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.text(args)).unwrap()
    }
}
