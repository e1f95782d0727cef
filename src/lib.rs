//! confirmd watches a person's own IMAP mailboxes, read-only, for the mails Meta sends after an objection (GDPR Art. 21)
//! to AI training, keeps a status table, and warns when a confirmation is missing.
//!
//! The modules in reading order, from the core outwards. A module uses only modules above it in this list's layers
//! (`docs/ARCHITECTURE.md`); `tests/it/tidy.rs` watches that.

// Core: pure. No IO, no clock, no logging.
pub mod decide;
pub mod locale;
pub mod model;
pub mod rules;

// Typed settings.
pub mod config;

// Edges: each wraps one outside thing and knows none of the others.
pub mod dns;
pub mod evidence;
pub mod files;
pub mod imap;
pub mod mail;
pub mod notify;
pub mod store;
pub mod systemd;

// Shell: clock, concurrency, order of effects.
pub mod cli;
pub mod daemon;
