//! What the service manager hears, on real sockets.

use std::ffi::OsString;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use confirmd::systemd::ServiceManager;

fn hears(socket: &UnixDatagram) -> String {
    socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut buffer = [0; 1024];
    let length = socket.recv(&mut buffer).unwrap();
    String::from_utf8(buffer[..length].to_vec()).unwrap()
}

fn manager(socket: &str) -> ServiceManager {
    ServiceManager::from_env(&|name| (name == "NOTIFY_SOCKET").then(|| OsString::from(socket)), std::process::id())
}

/// Everything that is ever said, on a socket of each kind.
fn whole_life(socket: &UnixDatagram, name: &str) {
    let manager = manager(name);
    manager.ready("1 mailbox").unwrap();
    assert_eq!(hears(socket), "READY=1\nSTATUS=1 mailbox");
    manager.status("private: 12 mails\nREADY=0").unwrap();
    assert_eq!(hears(socket), "STATUS=private: 12 mails READY=0");
    manager.watchdog().unwrap();
    assert_eq!(hears(socket), "WATCHDOG=1");
    let micros = || {
        manager.reloading().unwrap();
        let heard = hears(socket);
        heard.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap().parse::<u64>().unwrap()
    };
    let (first, second) = (micros(), micros());
    assert!(0 < first && first <= second, "{first} {second}");
    manager.stopping().unwrap();
    assert_eq!(hears(socket), "STOPPING=1");
}

#[test]
fn a_socket_in_the_file_system_hears_everything() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    whole_life(&socket, path.to_str().unwrap());
}

#[test]
fn a_socket_in_the_abstract_namespace_hears_everything() {
    let name = format!("confirmd-test-{}", std::process::id());
    let socket = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    whole_life(&socket, &format!("@{name}"));
}
