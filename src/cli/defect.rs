//! A defect of this program: told so that it can be reported, and without what it was working on.
//!
//! What keeps on running after one is decided elsewhere (`daemon::worker`).

/// From now on a panic is one line of the log: which thread, and where in the source.
pub fn tell_plainly() {
    std::panic::set_hook(Box::new(|info| {
        let at = info.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("without a name");
        // Its words may quote a mail or a password ("byte index 4 is not a char boundary; it is inside ..."). A literal cannot.
        let words = info.payload().downcast_ref::<&'static str>().copied().unwrap_or("words withheld");
        tracing::error!("a defect of confirmd, please report it: {at}: {words} (thread {thread:?})");
    }));
}
