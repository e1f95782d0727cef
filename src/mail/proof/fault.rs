//! Why a signature proves nothing, in words that a person can read.

/// Why a DKIM signature proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a tag list, a tag missing, or a value that is none.
    #[error("the signature is not well-formed")]
    Malformed,
    /// Longer than any real one.
    #[error("the signature header is too long")]
    TooLong,
    /// `a=` names something else than `rsa-sha256` and `ed25519-sha256`.
    #[error("the signature is of a kind that is not accepted: {0}")]
    Algorithm(String),
    /// The signing domain is of another organisation than From.
    #[error("the signing domain is not the sender's")]
    NotAligned,
    /// More aligned signatures than are tried.
    #[error("not tried: there are too many signatures")]
    NotTried,
    /// `l=`: text can be added below what is signed.
    #[error("only a part of the body is signed (l=)")]
    PartOfBody,
    /// From, To, Subject or Date is not signed.
    #[error("the header {0} is not signed")]
    NotSigned(&'static str),
    /// There is one more From, To, Subject, Date (or Content header) than is signed.
    #[error("a second header {0} stands beside the signed one")]
    Added(&'static str),
    /// `x=` is before the time of receipt.
    #[error("the signature had expired when the mail was received")]
    Expired,
    /// `t=` is after the time of receipt.
    #[error("the signature was made after the mail was received")]
    FromTheFuture,
    /// `bh=` differs.
    #[error("the body was changed after signing")]
    BodyChanged,
    /// `b=` does not verify.
    #[error("the signed headers were changed after signing, or the key is another one")]
    HeadersChanged,
    /// DNS has no record.
    #[error("DNS has no key of that name")]
    NoKey,
    /// The record is no usable key.
    #[error("the key in DNS cannot be read")]
    BadKey,
    /// `p=` is empty.
    #[error("the key was revoked")]
    KeyRevoked,
    /// RSA with fewer than 1024 bits.
    #[error("the key is too short to be safe")]
    KeyTooShort,
    /// `k=` and `a=` differ.
    #[error("the key is of another kind than the signature")]
    KeyOfAnotherKind,
    /// `h=` of the key does not list SHA-256.
    #[error("the key is not for this kind of signature")]
    KeyForbidsHash,
    /// `s=` of the key does not list mail.
    #[error("the key is not for mail")]
    KeyNotForMail,
    /// `t=y`.
    #[error("the key is marked as being tested (t=y)")]
    KeyBeingTested,
    /// `t=s` and an `i=` below `d=`.
    #[error("the key is for its own domain only, and the signature names another (t=s)")]
    KeyIsStrict,
}
