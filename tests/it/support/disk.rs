//! A small file system of the test's own, to be filled or made read-only.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of 2 MB; it is unmounted on drop.
pub struct Disk(PathBuf);

impl Disk {
    /// Mounts one at that place. `None`, with a word of why, to anybody but root: only root can mount.
    pub fn mounted_at(path: PathBuf) -> Option<Disk> {
        if !rustix::process::getuid().is_root() {
            eprintln!("passed over: only root can mount a small file system");
            return None;
        }
        std::fs::create_dir_all(&path).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "confirmd-test"]).arg(&path).status();
        assert!(mounted.unwrap().success());
        Some(Disk(path))
    }

    /// Leaves no room.
    pub fn fill(&self) {
        let mut file = std::fs::File::create(self.filling()).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    /// Leaves that much room.
    pub fn fill_up_to(&self, left: u64) {
        self.fill();
        let file = std::fs::OpenOptions::new().write(true).open(self.filling()).unwrap();
        file.set_len(file.metadata().unwrap().len() - left).unwrap();
    }

    /// Makes room again.
    pub fn make_room(&self) {
        std::fs::remove_file(self.filling()).unwrap();
    }

    /// Mounts it read-only.
    pub fn protect(&self) {
        self.remount("ro");
    }

    /// Mounts it writable again.
    pub fn release(&self) {
        self.remount("rw");
    }

    fn remount(&self, how: &str) {
        let remounted = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).status();
        assert!(remounted.unwrap().success());
    }

    fn filling(&self) -> PathBuf {
        self.0.join("filling")
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a daemon that a failed test leaves behind is killed a moment later.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
