//! What hostile and broken servers, mails and names cannot do: crash, hang, fill the memory, be believed, be lost, be shown raw.
//!
//! Each test tells `docs/FAULTS.md` what it tried and what came of it.

#[path = "unharmed/bombs.rs"]
mod bombs;
#[path = "unharmed/cuts.rs"]
mod cuts;
#[path = "unharmed/memory.rs"]
mod memory;
#[path = "unharmed/private.rs"]
mod private;
#[path = "unharmed/shown.rs"]
mod shown;
#[path = "unharmed/transport.rs"]
mod transport;
