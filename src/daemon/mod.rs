//! The shell: it has the clock, starts the threads, and puts effects in order.
//!
//! One worker thread per mailbox reads and prepares mails; this side judges them and is the only writer of the database.

pub mod event;
pub mod judge;
pub mod picture;
pub mod recorder;
pub mod keys;
pub mod reader;
pub mod reprove;
pub mod stop;
pub mod descriptors;
pub mod position;
pub mod sync;
pub mod scan;
pub mod pulse;
pub mod dialling;
pub mod worker;
pub mod alarm;
pub mod outbox;
pub mod summary;
pub mod run;
pub mod examine;
