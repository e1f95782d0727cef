//! One integration binary: scenarios, real servers, real processes.
mod imap;
mod support;
mod tidy;
