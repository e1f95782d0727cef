//! The choice of folders: pure.
//!
//! An answer can lie anywhere (`domain`: Spam, Promotions, the archive), so the default is everything but what the person wrote.

use unicode_normalization::UnicodeNormalization as _;

use super::{Folder, Special};
use crate::imap::mutf7;

/// The folders to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// In the server's order, INBOX first.
    pub folders: Vec<Folder>,
    /// Folders the configuration names and the server does not have (or does not let open), as they are written there.
    pub missing: Vec<String>,
}

/// Chooses what the configuration names, or the default.
pub(super) fn choose(mut folders: Vec<Folder>, wanted: Option<&[String]>, gmail: bool) -> Chosen {
    settle(&mut folders);
    folders.retain(|folder| folder.selectable);
    let Some(wanted) = wanted else {
        return Chosen { folders: by_default(folders, gmail), missing: Vec::new() };
    };
    let mut named = vec![false; folders.len()];
    let mut missing = Vec::new();
    for word in wanted {
        let special = word.starts_with('\\').then(|| Special::of_attribute(word));
        let mut found = false;
        for (nth, folder) in folders.iter().enumerate() {
            let matches = match special {
                Some(special) => special.is_some_and(|special| folder.special.contains(&special)),
                None => is_called(folder, word),
            };
            named[nth] |= matches;
            found |= matches;
        }
        // A mailbox without a spam folder is normal; one without the folder somebody wrote down is not.
        if !found && special.is_none() {
            missing.push(word.clone());
        }
    }
    let folders = folders.into_iter().zip(named).filter(|(_, named)| *named).map(|(folder, _)| folder).collect();
    Chosen { folders, missing }
}

/// Gives folders the special use their names usually have, where the server tells none of any, and puts INBOX first.
pub(in super::super) fn settle(folders: &mut [Folder]) {
    let told = folders.iter().any(|folder| !folder.special.is_empty());
    if !told {
        for folder in folders.iter_mut() {
            folder.special.extend(Special::of_name(&folder.name));
        }
    }
    folders.sort_by_key(|folder| folder.name != "INBOX");
}

fn by_default(folders: Vec<Folder>, gmail: bool) -> Vec<Folder> {
    let has = |folder: &Folder, uses: &[Special]| uses.iter().any(|special| folder.special.contains(special));
    // Gmail's labels are views of one archive: reading them too would read every mail two or three times. Somebody may have
    // hidden the archive from IMAP; then the labels are all there is.
    let archive = folders.iter().find(|folder| has(folder, &[Special::All]));
    let google = ["[Gmail]/", "[Google Mail]/"];
    let is_gmail = archive.is_some_and(|all| gmail || google.iter().any(|prefix| all.name.starts_with(prefix)));
    folders
        .into_iter()
        .filter(|folder| {
            if is_gmail {
                has(folder, &[Special::All, Special::Junk, Special::Trash])
            } else {
                !has(folder, &[Special::Drafts, Special::Sent])
            }
        })
        .collect()
}

/// `Entwürfe`, `Entw&APw-rfe`, or the same letters composed otherwise (macOS writes `u` and two dots).
fn is_called(folder: &Folder, word: &str) -> bool {
    let composed = |name: &str| name.nfc().collect::<String>();
    let inbox = folder.name == "INBOX" && word.eq_ignore_ascii_case("INBOX");
    inbox || folder.raw == word || folder.raw == mutf7::encode(word) || composed(&folder.name) == composed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(raw: &str, attributes: &[&str]) -> Folder {
        let mut folder = Folder::named(raw.to_owned());
        folder.add(&attributes.iter().map(|attribute| (*attribute).to_owned()).collect::<Vec<_>>());
        folder
    }

    fn names(folders: &[(&str, &[&str])], wanted: Option<&[&str]>, gmail: bool) -> (Vec<String>, Vec<String>) {
        let folders = folders.iter().map(|(raw, attributes)| folder(raw, attributes)).collect();
        let wanted: Option<Vec<String>> = wanted.map(|wanted| wanted.iter().map(|word| (*word).to_owned()).collect());
        let chosen = choose(folders, wanted.as_deref(), gmail);
        (chosen.folders.into_iter().map(|folder| folder.name).collect(), chosen.missing)
    }

    const PLAIN: &[(&str, &[&str])] = &[
        ("Archiv", &["\\Noselect"]),
        ("Archiv/2024", &[]),
        ("Entw&APw-rfe", &["\\Drafts"]),
        ("Gesendet", &["\\Sent"]),
        ("INBOX", &[]),
        ("Spam", &["\\Junk"]),
        ("Sent", &[]),
    ];

    const GMAIL: &[(&str, &[&str])] = &[
        ("INBOX", &[]),
        ("[Gmail]", &["\\Noselect"]),
        ("[Gmail]/Alle Nachrichten", &["\\All"]),
        ("[Gmail]/Entw&APw-rfe", &["\\Drafts"]),
        ("[Gmail]/Gesendet", &["\\Sent"]),
        ("[Gmail]/Papierkorb", &["\\Trash"]),
        ("[Gmail]/Spam", &["\\Junk"]),
        ("[Gmail]/Wichtig", &["\\Important"]),
        ("Rechnungen", &[]),
    ];

    #[test]
    fn by_default_everything_is_read_but_drafts_and_sent() {
        // A folder that is only called Sent is read: the server has said which one is for sent messages.
        assert_eq!(names(PLAIN, None, false).0, ["INBOX", "Archiv/2024", "Spam", "Sent"]);
    }

    #[test]
    fn without_special_use_the_usual_names_are_recognised() {
        let folders: &[(&str, &[&str])] = &[
            ("INBOX", &[]),
            ("INBOX.Entw&APw-rfe", &[]),
            ("INBOX.Gesendete Objekte", &[]),
            ("Brouillons", &[]),
            ("Sent Items", &[]),
            ("Spam", &[]),
        ];
        assert_eq!(names(folders, None, false).0, ["INBOX", "Spam"]);
        assert_eq!(names(folders, Some(&["\\Junk", "\\Flagged"]), false), (vec!["Spam".to_owned()], vec![]));
    }

    #[test]
    fn of_gmail_only_the_archive_spam_and_the_bin_are_read() {
        let expected = ["[Gmail]/Alle Nachrichten", "[Gmail]/Papierkorb", "[Gmail]/Spam"];
        assert_eq!(names(GMAIL, None, true).0, expected);
        assert_eq!(names(GMAIL, None, false).0, expected, "told by the names alone");
        let hidden: Vec<_> = GMAIL.iter().copied().filter(|(raw, _)| !raw.contains("Alle")).collect();
        let all_but = ["INBOX", "[Gmail]/Papierkorb", "[Gmail]/Spam", "[Gmail]/Wichtig", "Rechnungen"];
        assert_eq!(names(&hidden, None, true).0, all_but, "the archive is hidden from IMAP");
    }

    #[test]
    fn another_servers_folder_of_all_messages_hides_nothing() {
        let folders: &[(&str, &[&str])] = &[("INBOX", &[]), ("Alle", &["\\All"]), ("Archiv", &[])];
        assert_eq!(names(folders, None, false).0, ["INBOX", "Alle", "Archiv"]);
    }

    #[test]
    fn the_configuration_names_folders_in_several_ways() {
        let cases: [(&[&str], &[&str], &[&str]); 8] = [
            (&["inbox", "\\Junk"], &["INBOX", "Spam"], &[]),
            (&["Entwürfe"], &["Entwürfe"], &[]),
            (&["Entwu\u{308}rfe"], &["Entwürfe"], &[]),
            (&["Entw&APw-rfe"], &["Entwürfe"], &[]),
            (&["INBOX", "Inbox"], &["INBOX"], &[]),
            (&["\\Flagged", "\\Nonsense"], &[], &[]),
            (&["gesendet", "Archiv", "Nirgends"], &[], &["gesendet", "Archiv", "Nirgends"]),
            (&[], &[], &[]),
        ];
        for (wanted, chosen, missing) in cases {
            let (folders, not_there) = names(PLAIN, Some(wanted), false);
            assert_eq!(folders, chosen, "{wanted:?}");
            assert_eq!(not_there, missing, "{wanted:?}");
        }
    }
}
