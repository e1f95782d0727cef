//! A Dovecot that believes what day the test says it is, for what it keeps of days: when a mail came into its folder.

use std::path::PathBuf;

use super::dovecot::Dovecot;

/// The day that Dovecot's processes find when they start (libfaketime): each session has one of its own.
pub struct Calendar {
    dir: tempfile::TempDir,
}

impl Calendar {
    /// On that day, e.g. `2020-01-01`.
    pub fn at(day: &str) -> Calendar {
        let dir = tempfile::Builder::new().prefix("confirmd-calendar").tempdir().unwrap();
        std::fs::set_permissions(dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let calendar = Calendar { dir };
        calendar.turn_to(day);
        calendar
    }

    /// From now on it is that day.
    pub fn turn_to(&self, day: &str) {
        std::fs::write(self.page(), format!("{day} 12:00:00\n")).unwrap();
    }

    /// Starts a Dovecot that lives by it.
    pub fn dovecot(&self) -> Dovecot {
        let library = ["x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf"]
            .map(|machine| PathBuf::from(format!("/usr/lib/{machine}/faketime/libfaketime.so.1")))
            .into_iter()
            .find(|path| path.exists())
            .expect("install faketime to run this test");
        Dovecot::start_with(&format!(
            "import_environment = TZ=UTC LD_PRELOAD={} FAKETIME_TIMESTAMP_FILE={}",
            library.display(),
            self.page().display()
        ))
    }

    fn page(&self) -> PathBuf {
        self.dir.path().join("today")
    }
}
