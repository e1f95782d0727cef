//! What a mail of Meta's says.

use super::words;

words! {
    /// The kinds of contract section 4. The order is that of their weight when two arrive in the same second.
    Kind {
        /// An announcement of Meta's; never a confirmation.
        Notice = "notice",
        /// A proven Meta sender speaks of an objection and AI, and no rule fits.
        Unrecognised = "unrecognised",
        /// A one-time code for the form.
        Code = "code",
        /// Received, being reviewed.
        Receipt = "receipt",
        /// Meta asks for more.
        InfoRequest = "info_request",
        /// Meta refuses.
        Refused = "refused",
        /// Meta will honour the objection.
        Honoured = "honoured",
    }
}

impl Kind {
    /// Whether a message of this kind says something about where an objection stands.
    pub const fn changes_status(self) -> bool {
        match self {
            Kind::Code | Kind::Receipt | Kind::InfoRequest | Kind::Refused | Kind::Honoured => true,
            Kind::Notice | Kind::Unrecognised => false,
        }
    }
}
