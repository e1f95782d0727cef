//! Verdicts, never effects: what a message means, to whom it belongs, what changed, and what to say about it.

pub mod address;
pub mod advice;
pub mod reasons;
pub mod slips;
pub mod attribute;
pub mod dossier;
pub mod html;
pub mod ingest;
pub mod letter;
pub mod notice;
pub mod objections;
pub mod known;
pub mod overview;
pub mod sweep;
pub mod template;
pub mod timeline;
