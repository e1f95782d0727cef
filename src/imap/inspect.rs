//! What a connection is like, for a person who wants to know before relying on it: protection, abilities, folders, the newest mails.
//!
//! It asks only what reading asks too, opens folders read-only, and judges nothing.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::guard::Allowance;
use super::session::Connection;
use super::{Error, Folder};

/// How a connection is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// TLS version, e.g. `TLS 1.3`; `None` where the handshake could not be read along.
    pub version: Option<String>,
    /// Cipher suite as IANA names it, e.g. `TLS_AES_256_GCM_SHA384`.
    pub cipher: Option<String>,
    /// The server's certificate, which has been verified; `None` where it cannot be read.
    pub certificate: Option<Certificate>,
}

/// A server's certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Common name of its subject, else its first DNS name; may be empty.
    pub subject: String,
    /// Common name, else organisation, of who issued it; may be empty.
    pub issuer: String,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

/// A folder's use as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The folder, with its special uses told or guessed by its name.
    pub folder: Folder,
    /// Whether it can hold messages; `\Noselect` ones only hold other folders.
    pub selectable: bool,
}

/// How many of the newest messages may be asked for at a time.
const MOST: u32 = 100;

const TRACES: &str = "(UID BODY.PEEK[HEADER.FIELDS (RECEIVED AUTHENTICATION-RESULTS)])";

impl Connection {
    /// How the connection is protected; `None` without TLS.
    pub fn protection(&self) -> Option<&Protection> {
        self.protection.as_ref()
    }

    /// What the server offers after the login, in capital letters and alphabetical order.
    pub fn capabilities(&self) -> Vec<&str> {
        self.capabilities.iter().map(String::as_str).collect()
    }

    /// Every folder the server lists, INBOX first, whether it is read or not. Errors: the connection's.
    pub fn all_folders(&mut self) -> Result<Vec<Listed>, Error> {
        let mut folders = self.list()?;
        super::folders::settle(&mut folders);
        Ok(folders.into_iter().map(|folder| Listed { selectable: folder.selectable, folder }).collect())
    }

    /// The Received and Authentication-Results fields of a folder's newest messages (at most 100), each a raw header block in the
    /// order of the mail.
    ///
    /// Empty where the server does not give them. Errors: [`Error::Folder`], and the connection's.
    pub fn newest_traces(&mut self, folder: &Folder, most: u32) -> Result<Vec<Vec<u8>>, Error> {
        let opened = self.examine(folder)?;
        if opened.exists == 0 {
            return Ok(Vec::new());
        }
        // Sequence numbers in a UID SEARCH: the newest by arrival, however sparse the UIDs are.
        let first = opened.exists.saturating_sub(most.clamp(1, MOST) - 1).max(1);
        let newest = format!("{first}:{}", opened.exists);
        let Ok(uids) = self.ask(Allowance::default(), |session| session.uid_search(&newest))? else {
            return Ok(Vec::new());
        };
        let uids: BTreeSet<u32> = uids.into_iter().take(MOST as usize).collect();
        if uids.is_empty() {
            return Ok(Vec::new());
        }
        let set = uids.iter().map(u32::to_string).collect::<Vec<_>>().join(",");
        let Ok(fetches) = self.ask(Allowance::default(), |session| session.uid_fetch(&set, TRACES))? else {
            return Ok(Vec::new());
        };
        Ok(fetches.iter().filter_map(|fetch| fetch.header().map(<[u8]>::to_vec)).collect())
    }
}
