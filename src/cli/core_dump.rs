//! No core dump: the memory of a process that knows passwords is not written to a disk.
//!
//! Does not hide the memory from root, nor from the hypervisor, and does not keep it from being swapped.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Forbids core dumps, and `ptrace` by other processes of the same user. What the system refuses is left as it was: a
/// protection less is no reason not to watch.
pub fn forbid() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // A handler of `core_pattern` behind a pipe is not bound by the limit (core(5)); it is by this.
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}
