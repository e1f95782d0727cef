//! Evidence bundles: a folder that others can check, years later and without this computer.
//!
//! It writes and reads the files of a bundle and their checksums. It does not know the database they come from, and verifies no
//! signature; those who use it connect it with both.

mod builder;
mod check;
pub mod record;
mod sums;

use std::path::PathBuf;

pub use builder::Builder;
pub use check::{CheckedFile, FileVerdict, check, read_file};

/// The checksums of every other file, in the form of `sha256sum`.
pub const SUMS: &str = "SHA256SUMS";
/// What happened, and what is known about each message ([`record::Timeline`]).
pub const TIMELINE: &str = "timeline.json";
/// The DKIM keys as DNS gave them ([`record::Keys`]).
pub const KEYS: &str = "keys.json";
/// The page for people.
pub const DOSSIER: &str = "dossier.html";
/// The folder with the messages' exact bytes.
pub const MESSAGES: &str = "messages";

/// What went wrong with a bundle's files, by what can be done about it.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Another place must be named. Nothing was changed.
    #[error("{}: {reason}", path.display())]
    Place {
        /// The place that was named.
        path: PathBuf,
        /// Why a bundle cannot be, or is not, there.
        reason: String,
    },
    /// The file system refuses: permissions, a full disk.
    #[error("{}: {reason}", path.display())]
    Failed {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
}
