//! Reads one mailbox once, on its worker thread: everything new, in every folder in question.
//!
//! It prepares mails (parses them, proves their senders) and hands them over one by one. It goes on only when the shell
//! has committed what it handed over, so a crash repeats work and loses nothing.

use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::mpsc::Sender;

use super::event::{Committed, Event, Happening, ReadMail, UnreadMail};
use super::judge::trusted_by;
use super::keys::DnsKeys;
use crate::config::{self, Config, Mailbox};
use crate::imap::{self, Canceller, Chosen, Connection, Endpoint, Folder, Found, Plan, Stopped};
use crate::locale::Locale;
use crate::mail;
use crate::model::attribution::Reason;
use crate::model::mailbox::{Cursor, MailboxName, Place};
use crate::rules::{RuleBook, RuleSet};

/// A credential helper that hangs must not hang the mailbox (contract: `password_command` has 30 s).
const SECRET_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(30);

/// Everything needed to read one mailbox.
#[derive(Debug, Clone)]
pub struct Reader {
    settings: Mailbox,
    limits: config::Limits,
    rules: Arc<RuleBook>,
    generation: String,
    trusted: Vec<String>,
    keys: Arc<DnsKeys>,
    canceller: Canceller,
    events: Sender<Event>,
}

/// Why a pass did not read everything.
#[derive(Debug, thiserror::Error)]
pub enum PassError {
    /// The mailbox could not be reached or read.
    #[error("{0}")]
    Imap(#[from] imap::Error),
    /// No password or token could be had.
    #[error("{0}")]
    Secret(#[from] config::SecretError),
    /// The extra trust anchor cannot be read.
    #[error("{0}")]
    CaFile(String),
    /// Some folders were read, and some not.
    #[error("{0}")]
    Folders(String),
    /// A defect of this program; standard error has more.
    #[error("confirmd ran into a defect while reading the mailbox; please report it with the lines before this one")]
    Defect,
    /// The shell could not write what it was handed, or wants the worker to stop.
    #[error("stopped")]
    Stopped,
}

impl PassError {
    /// Why, for a person; displayed it is in English.
    pub fn say(&self, locale: &Locale) -> String {
        match self {
            PassError::Imap(error) => error.say(locale),
            PassError::Secret(_)
            | PassError::CaFile(_)
            | PassError::Folders(_)
            | PassError::Defect
            | PassError::Stopped => locale.fault(&self.to_string()),
        }
    }

    /// Whether trying again does not help until the person has changed something.
    pub fn is_hopeless(&self) -> bool {
        match self {
            PassError::Imap(error) => error.is_hopeless(),
            PassError::Secret(_)
            | PassError::CaFile(_)
            | PassError::Folders(_)
            | PassError::Defect
            | PassError::Stopped => false,
        }
    }
}

impl Reader {
    /// A reader for one of the configuration's mailboxes.
    pub fn new(
        config: &Config,
        settings: &Mailbox,
        rules: &Arc<RuleBook>,
        keys: &Arc<DnsKeys>,
        events: &Sender<Event>,
    ) -> std::io::Result<Reader> {
        Ok(Reader {
            settings: settings.clone(),
            limits: config.limits,
            // Other rules can see something in a mail that earlier ones passed over and did not keep, and a raised limit lets
            // read what was too large: so they search anew.
            generation: format!("{} since {} up to {}", rules.fingerprint(), settings.since, config.limits.message),
            rules: Arc::clone(rules),
            trusted: trusted_by(settings),
            keys: Arc::clone(keys),
            canceller: Canceller::new()?,
            events: events.clone(),
        })
    }

    /// The mailbox.
    pub fn name(&self) -> &MailboxName {
        &self.settings.name
    }

    /// The mailbox's settings.
    pub fn settings(&self) -> &Mailbox {
        &self.settings
    }

    /// Stops or wakes the worker from another thread.
    pub fn canceller(&self) -> &Canceller {
        &self.canceller
    }

    /// Asks for the credentials, connects and logs in.
    pub fn connect(&self) -> Result<Connection, PassError> {
        let secret = self.settings.secret.read_unless(SECRET_TIMEOUT, &|| self.canceller.is_cancelled());
        if self.canceller.is_cancelled() {
            return Err(PassError::Stopped);
        }
        self.open(&secret?)
    }

    fn open(&self, secret: &SecretString) -> Result<Connection, PassError> {
        let ca_pem = self.settings.ca_file.as_ref().map(|path| {
            std::fs::read(path)
                .map_err(|error| PassError::CaFile(format!("ca_file {}: cannot be read: {error}", path.display())))
        });
        let endpoint = Endpoint {
            host: self.settings.host.clone(),
            port: self.settings.port,
            tls: match self.settings.tls {
                config::Tls::Implicit => imap::Tls::Implicit,
                config::Tls::Starttls => imap::Tls::StartTls,
                config::Tls::None => imap::Tls::None,
            },
            ca_pem: ca_pem.transpose()?,
            username: self.settings.username.clone(),
            auth: match self.settings.auth {
                config::Auth::Login => imap::Auth::Login,
                config::Auth::Xoauth2 => imap::Auth::XOAuth2,
            },
            timeout: self.limits.timeout,
            message_limit: self.limits.message,
        };
        Ok(Connection::open(&endpoint, secret, &self.canceller)?)
    }

    /// Reads everything new in every folder in question, up to what is there now. `cursors` are moved on as folders are read.
    ///
    /// A folder that cannot be read does not keep the others from being read; the pass is then not complete. `watched`
    /// becomes the folder in which new mail shows first: INBOX, where it is among them.
    pub fn pass(
        &self,
        connection: &mut Connection,
        cursors: &mut Vec<Cursor>,
        watched: &mut Option<Folder>,
    ) -> Result<(), PassError> {
        let started_at = Timestamp::now();
        let Chosen { folders, missing } = connection.folders(self.settings.folders.as_deref())?;
        self.tell(Happening::Started { folders: folders.clone() })?;
        let named = self.settings.folders.is_some();
        let mut unread: Vec<String> = missing
            .iter()
            .map(|name| format!("there is no folder \"{}\"; check `folders`", crate::model::harmless::harmless(name)))
            .collect();
        *watched = folders.first().cloned();
        let candidate = |from: &str| self.is_candidate(from);
        let plan = self.plan(&candidate);
        for folder in &folders {
            let position = cursors.iter().position(|cursor| cursor.folder == folder.name);
            let cursor = position.map(|at| cursors[at].clone());
            let mut sink = |found: Found| self.hand_over(found, &folder.name, cursors, started_at);
            match connection.read_folder(folder, cursor.as_ref(), &plan, &mut sink) {
                Ok(_) => {}
                Err(error) if error.is_about_a_folder() && named => unread.push(error.to_string()),
                // Nobody asked for it by name: it went away between the list and the look.
                Err(error) if error.is_about_a_folder() => {
                    self.tell(Happening::Remark(format!("{error}; it is passed over")))?
                }
                Err(imap::Error::Cancelled) => return Err(PassError::Stopped),
                Err(error) => return Err(error.into()),
            }
        }
        if !unread.is_empty() {
            return Err(PassError::Folders(unread.join("; ")));
        }
        self.tell(Happening::Complete { started_at })
    }

    /// Reads what has just arrived in the folder that is being watched. A pass follows and finds whatever this leaves.
    pub fn news(
        &self,
        connection: &mut Connection,
        folder: &Folder,
        cursors: &mut Vec<Cursor>,
    ) -> Result<(), PassError> {
        let Some(cursor) = cursors.iter().find(|cursor| cursor.folder == folder.name).cloned() else { return Ok(()) };
        let candidate = |from: &str| self.is_candidate(from);
        let started_at = Timestamp::now();
        let mut sink = |found: Found| self.hand_over(found, &folder.name, cursors, started_at);
        match connection.read_news(folder, &cursor, &self.plan(&candidate), &mut sink) {
            Err(imap::Error::Cancelled) => Err(PassError::Stopped),
            result => Ok(result?),
        }
    }

    fn plan<'a>(&'a self, candidate: &'a dyn Fn(&str) -> bool) -> Plan<'a> {
        Plan {
            since: Some(self.settings.since),
            generation: &self.generation,
            needles: self.rules.senders().needles(),
            candidate,
            message_limit: self.limits.message,
        }
    }

    /// Whether a mail with this From field is to be read.
    pub fn is_candidate(&self, from: &str) -> bool {
        is_candidate(self.rules.senders(), from)
    }

    /// Tells the shell, and waits until it has committed.
    pub fn tell(&self, happening: Happening) -> Result<(), PassError> {
        let (committed, answer) = sync_channel(1);
        let event = Event { mailbox: self.settings.name.clone(), happening, committed };
        self.events.blocking_send(event).map_err(|_| PassError::Stopped)?;
        match answer.recv() {
            Ok(Committed::Yes) => Ok(()),
            Ok(Committed::No) | Err(_) => Err(PassError::Stopped),
        }
    }

    fn hand_over(
        &self,
        found: Found,
        folder: &str,
        cursors: &mut Vec<Cursor>,
        started_at: Timestamp,
    ) -> Result<(), Stopped> {
        let place = |uidvalidity, uid| Place {
            mailbox: self.settings.name.clone(),
            folder: folder.to_owned(),
            uidvalidity,
            uid,
        };
        let happening = match found {
            Found::Mail { uid, uidvalidity, received_at, raw, .. } => {
                Happening::Mail(Box::new(self.prepare(place(uidvalidity, uid), received_at, raw, started_at)))
            }
            Found::TooLarge { uid, uidvalidity, received_at, size, header, .. } => {
                let why = format!("{size} bytes, more than limits.message allows");
                let place = place(uidvalidity, uid);
                Happening::Unread(Box::new(unread(place, received_at, header, size, Reason::TooLarge, why, started_at)))
            }
            Found::Unreadable { uid, uidvalidity, received_at, header, why, .. } => {
                let place = place(uidvalidity, uid);
                Happening::Unread(Box::new(unread(place, received_at, header, 0, Reason::Unreadable, why, started_at)))
            }
            Found::Progress { cursor } => {
                self.tell(Happening::Progress(cursor.clone())).map_err(|_| Stopped)?;
                cursors.retain(|known| known.folder != cursor.folder);
                cursors.push(cursor);
                return Ok(());
            }
        };
        self.tell(happening).map_err(|_| Stopped)
    }

    fn prepare(&self, place: Place, received_at: Option<Timestamp>, raw: Vec<u8>, started_at: Timestamp) -> ReadMail {
        let is_meta = |domain: &str| self.rules.senders().is_sender_domain(domain);
        prepare(Some(place), received_at, raw, started_at, &self.trusted, &*self.keys, &is_meta)
    }
}

/// Whether a mail with this From field is to be read. The field is looked at as it stands and decoded: a forged sender's
/// name may be encoded (`=?utf-8?q?Facebook?=`).
pub fn is_candidate(rules: &RuleSet, from: &str) -> bool {
    let decoded = || mail::header_only(format!("From: {from}\r\n\r\n").as_bytes()).from_text;
    rules.is_candidate(from) || (from.contains("=?") && rules.is_candidate(&decoded()))
}

/// Prepares a mail: parses it and proves its sender. Without a time of receipt from a server, that of the top-most
/// Received header counts, else Date, else `otherwise`.
pub fn prepare(
    place: Option<Place>,
    received_at: Option<Timestamp>,
    raw: Vec<u8>,
    otherwise: Timestamp,
    trusted: &[String],
    keys: &dyn mail::proof::KeyLookup,
    is_meta: &dyn Fn(&str) -> bool,
) -> ReadMail {
    let message = mail::parse(&raw).map_err(|error| error.to_string());
    let noted = message.as_ref().ok().and_then(|message| message.received.or(message.date));
    let received_at = received_at.or(noted).unwrap_or(otherwise);
    let proof = match &message {
        Ok(message) => mail::proof::prove(&raw, message, trusted, keys, received_at, is_meta),
        Err(_) => crate::model::proof::SenderProof::default(),
    };
    ReadMail { place, received_at, identity: mail::identity(&raw), sha256: mail::sha256(&raw), raw, message, proof }
}

fn unread(
    place: Place,
    received_at: Option<Timestamp>,
    header: Vec<u8>,
    size: u64,
    reason: Reason,
    why: String,
    started_at: Timestamp,
) -> UnreadMail {
    let message = mail::header_only(&header);
    let received_at = received_at.or(message.date).unwrap_or(started_at);
    UnreadMail { place: Some(place), received_at, header, message, size, reason, why }
}
