//! What folders are for: the special uses of RFC 6154, and how servers without it call them.
//!
//! Names are a guess and only used where the server gives no folder any special use.

/// A special use of RFC 6154.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Special {
    /// Every message of the mailbox.
    All,
    /// Archived messages.
    Archive,
    /// Messages being written.
    Drafts,
    /// Flagged messages.
    Flagged,
    /// Spam.
    Junk,
    /// Sent messages.
    Sent,
    /// Deleted messages.
    Trash,
}

const WORDS: [(&str, Special); 7] = [
    ("\\All", Special::All),
    ("\\Archive", Special::Archive),
    ("\\Drafts", Special::Drafts),
    ("\\Flagged", Special::Flagged),
    ("\\Junk", Special::Junk),
    ("\\Sent", Special::Sent),
    ("\\Trash", Special::Trash),
];

/// Last parts of folder names in lower case, as webmailers, Outlook, Thunderbird and Apple Mail create them.
const NAMES: [(Special, &[&str]); 4] = [
    (
        Special::Drafts,
        &[
            "drafts",
            "draft",
            "entwürfe",
            "entwurf",
            "brouillons",
            "bozze",
            "borradores",
            "rascunhos",
            "concepten",
            "kladder",
            "kladder og utkast",
            "utkast",
            "luonnokset",
            "wersje robocze",
            "szkice",
            "koncepty",
            "rozepsané",
            "piszkozatok",
            "ciorne",
            "taslaklar",
            "черновики",
            "чернетки",
            "下書き",
            "草稿",
            "草稿箱",
        ],
    ),
    (
        Special::Sent,
        &[
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "sent-mail",
            "outbox",
            "gesendet",
            "gesendete objekte",
            "gesendete elemente",
            "gesendete nachrichten",
            "gesendete e-mails",
            "postausgang",
            "envoyés",
            "éléments envoyés",
            "messages envoyés",
            "objets envoyés",
            "posta inviata",
            "inviati",
            "inviata",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "itens enviados",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "sendt",
            "sendte",
            "sendt post",
            "skickat",
            "skickade",
            "skickade objekt",
            "lähetetyt",
            "wysłane",
            "elementy wysłane",
            "odeslané",
            "odoslané",
            "elküldött",
            "trimise",
            "gönderilmiş öğeler",
            "отправленные",
            "надіслані",
            "送信済み",
            "送信済みメール",
            "已发送",
            "寄件備份",
        ],
    ),
    (
        Special::Junk,
        &[
            "junk",
            "junk e-mail",
            "junk email",
            "junk-e-mail",
            "spam",
            "spamverdacht",
            "bulk",
            "bulk mail",
            "unerwünscht",
            "werbung",
            "courrier indésirable",
            "indésirables",
            "pourriel",
            "posta indesiderata",
            "indesiderata",
            "correo no deseado",
            "lixo eletrônico",
            "ongewenst",
            "ongewenste e-mail",
            "skräppost",
            "uønsket e-post",
            "roskaposti",
        ],
    ),
    (
        Special::Trash,
        &[
            "trash",
            "deleted",
            "deleted items",
            "deleted messages",
            "papierkorb",
            "gelöscht",
            "gelöschte objekte",
            "gelöschte elemente",
            "corbeille",
            "éléments supprimés",
            "cestino",
            "posta eliminata",
            "papelera",
            "elementos eliminados",
            "lixeira",
            "prullenbak",
            "verwijderde items",
            "papirkurv",
            "papperskorg",
            "roskakori",
        ],
    ),
];

impl Special {
    /// The special use of a word such as `\Junk`, in any case.
    pub fn of_attribute(word: &str) -> Option<Special> {
        WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, special)| *special)
    }

    /// The word of RFC 6154, e.g. `\Junk`.
    pub fn as_str(self) -> &'static str {
        WORDS.iter().find(|(_, special)| *special == self).map_or("", |(word, _)| word)
    }

    /// The special use a name usually has: `INBOX.Gesendete Objekte` is for sent messages.
    pub(super) fn of_name(name: &str) -> Option<Special> {
        let last = name.rsplit(['/', '.']).next().unwrap_or(name).trim().to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&last.as_str())).map(|(special, _)| *special)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_recognised_by_their_last_part() {
        let cases = [
            ("Entwürfe", Some(Special::Drafts)),
            ("INBOX.Drafts", Some(Special::Drafts)),
            ("INBOX/Gesendete Objekte", Some(Special::Sent)),
            ("SENT ITEMS", Some(Special::Sent)),
            ("Brouillons", Some(Special::Drafts)),
            ("Spamverdacht", Some(Special::Junk)),
            ("Papierkorb", Some(Special::Trash)),
            ("Gesendet/2024", None),
            ("Sent to the lawyer", None),
            ("INBOX", None),
        ];
        for (name, special) in cases {
            assert_eq!(Special::of_name(name), special, "{name}");
        }
        assert_eq!(Special::of_attribute("\\jUNK"), Some(Special::Junk));
        assert_eq!(Special::of_attribute("\\Important"), None);
        assert!(WORDS.iter().all(|(word, special)| special.as_str() == *word));
    }
}
