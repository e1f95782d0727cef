//! What several tests stand on.

pub mod dns;
pub mod sign;
