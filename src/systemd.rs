//! Speaks to the service manager: READY, STATUS, WATCHDOG, RELOADING, STOPPING (sd_notify(3)), and to its journal.
//!
//! Without a service manager every call does nothing and succeeds. Credentials are read where secrets are, in `config`.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use tracing_subscriber::registry::LookupSpan;

/// The service manager, if there is one.
#[derive(Debug, Clone, Default)]
pub struct ServiceManager {
    socket: Option<SocketAddr>,
    watchdog: Option<Duration>,
}

/// The socket's queue can be full for a moment, never this long; the daemon must not hang on its service manager.
const SEND_TIMEOUT: Duration = Duration::from_secs(5);

impl ServiceManager {
    /// Finds the service manager by `$NOTIFY_SOCKET`, and the watchdog by `$WATCHDOG_USEC`, if it is meant for process `pid`.
    pub fn from_env(env: &dyn Fn(&str) -> Option<OsString>, pid: u32) -> ServiceManager {
        let number = |name| env(name)?.to_str()?.parse::<u64>().ok();
        let for_us = number("WATCHDOG_PID").is_none_or(|of| of == u64::from(pid));
        let period = number("WATCHDOG_USEC").filter(|micros| *micros > 0 && for_us).map(Duration::from_micros);
        let socket = env("NOTIFY_SOCKET").and_then(|name| address(&name));
        ServiceManager { watchdog: socket.as_ref().and(period), socket }
    }

    /// How often to call [`ServiceManager::watchdog`]: twice in the period after which the service counts as hung.
    pub fn watchdog_interval(&self) -> Option<Duration> {
        self.watchdog.map(|period| period / 2)
    }

    /// The service is up, or has reloaded.
    pub fn ready(&self, status: &str) -> std::io::Result<()> {
        self.send(&format!("READY=1\nSTATUS={}", one_line(status)))
    }

    /// One line for `systemctl status`.
    pub fn status(&self, status: &str) -> std::io::Result<()> {
        self.send(&format!("STATUS={}", one_line(status)))
    }

    /// The service is alive.
    pub fn watchdog(&self) -> std::io::Result<()> {
        self.send("WATCHDOG=1")
    }

    /// The configuration is being read again; [`ServiceManager::ready`] must follow, whether or not it was usable.
    ///
    /// `Type=notify-reload` (systemd 253) wants the time with it, to tell this reload from an earlier one.
    pub fn reloading(&self) -> std::io::Result<()> {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        self.send(&format!("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1_000_000 + now.tv_nsec / 1000))
    }

    /// The service is about to end.
    pub fn stopping(&self) -> std::io::Result<()> {
        self.send("STOPPING=1")
    }

    fn send(&self, state: &str) -> std::io::Result<()> {
        let Some(address) = &self.socket else { return Ok(()) };
        let socket = UnixDatagram::unbound()?;
        socket.set_write_timeout(Some(SEND_TIMEOUT))?;
        socket.send_to_addr(state.as_bytes(), address)?;
        Ok(())
    }
}

/// Whether standard error is the journal: then [`journal_layer`] says more than lines of text could.
///
/// `$JOURNAL_STREAM` has device and inode of the stream (systemd.exec(5)). It is inherited by programs whose output goes
/// elsewhere, so both are compared.
pub fn stderr_is_journal(env: &dyn Fn(&str) -> Option<OsString>) -> bool {
    let Ok(stat) = rustix::fs::fstat(std::io::stderr()) else { return false };
    let ours = format!("{}:{}", stat.st_dev, stat.st_ino);
    env("JOURNAL_STREAM").is_some_and(|stream| stream.as_bytes() == ours.as_bytes())
}

/// Writes events to the journal with their fields, so that `journalctl MAILBOX=private` finds them; `None` where there is
/// no journal.
pub fn journal_layer<S>() -> Option<impl tracing_subscriber::Layer<S>>
where
    S: tracing::Subscriber + for<'span> LookupSpan<'span>,
{
    let layer = tracing_journald::layer().ok()?;
    Some(layer.with_field_prefix(None).with_syslog_identifier("confirmd".to_owned()))
}

/// `/run/systemd/notify`, or `@name` for one in the abstract namespace. systemd's third form, vsock, is for machines.
fn address(name: &OsStr) -> Option<SocketAddr> {
    match name.as_bytes() {
        [b'/', ..] => SocketAddr::from_pathname(name).ok(),
        #[cfg(target_os = "linux")]
        [b'@', name @ ..] => <SocketAddr as std::os::linux::net::SocketAddrExt>::from_abstract_name(name).ok(),
        _ => None,
    }
}

/// A line break would begin another assignment.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manager(pairs: &[(&str, &str)]) -> ServiceManager {
        let env = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        ServiceManager::from_env(&env, 42)
    }

    #[test]
    fn the_watchdog_is_fed_twice_in_its_period_if_it_is_ours() {
        let socket = ("NOTIFY_SOCKET", "/run/notify");
        let interval = |pairs: &[(&str, &str)]| manager(pairs).watchdog_interval();
        assert_eq!(interval(&[socket, ("WATCHDOG_USEC", "30000000")]), Some(Duration::from_secs(15)));
        assert_eq!(
            interval(&[socket, ("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", "42")]),
            Some(Duration::from_secs(15))
        );
        assert_eq!(interval(&[socket, ("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", "43")]), None);
        assert_eq!(interval(&[socket, ("WATCHDOG_USEC", "0")]), None);
        assert_eq!(interval(&[socket, ("WATCHDOG_USEC", "soon")]), None);
        assert_eq!(interval(&[socket]), None);
        assert_eq!(interval(&[("WATCHDOG_USEC", "30000000")]), None, "nobody to tell");
    }

    #[test]
    fn without_a_service_manager_nothing_happens_and_nothing_fails() {
        for pairs in
            [&[][..], &[("NOTIFY_SOCKET", "")], &[("NOTIFY_SOCKET", "relative")], &[("NOTIFY_SOCKET", "vsock:2:1234")]]
        {
            let none = manager(pairs);
            for sent in [none.ready("x"), none.status("x"), none.watchdog(), none.reloading(), none.stopping()] {
                assert!(sent.is_ok(), "{pairs:?}");
            }
        }
    }

    #[test]
    fn a_socket_nobody_listens_on_is_an_error() {
        let error = manager(&[("NOTIFY_SOCKET", "/nonexistent/notify")]).ready("x").err().unwrap();
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    }

    #[test]
    fn the_journal_is_recognised_by_device_and_inode() {
        let stat = rustix::fs::fstat(std::io::stderr()).unwrap();
        let is = |stream: Option<String>| {
            stderr_is_journal(&|name| stream.clone().filter(|_| name == "JOURNAL_STREAM").map(OsString::from))
        };
        assert!(is(Some(format!("{}:{}", stat.st_dev, stat.st_ino))));
        assert!(!is(Some(format!("{}:{}", stat.st_dev, stat.st_ino + 1))), "inherited from somebody else's stream");
        assert!(!is(Some("8:".to_owned())));
        assert!(!is(None));
    }
}
